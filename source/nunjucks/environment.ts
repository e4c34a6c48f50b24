import {statSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import nunjucks from 'nunjucks';
import {OptionError} from '../errors/option-error.ts';
import type {TemplateEnvironment} from '../options.ts';

// The bundle of `npm run build` lies as deep as this file, so the path is right from both.
const ownViews = fileURLToPath(new URL('../../views', import.meta.url));

/**
 * Makes a Nunjucks environment that looks for templates in some directories, and then among those of the package.
 *
 * In production a template is compiled once; elsewhere it is read again for every render.
 *
 * @throws {OptionError} for a directory that doesn't exist, which Nunjucks would silently skip.
 */
export function createEnvironment(directories: readonly string[]): TemplateEnvironment {
	for (const directory of directories) {
		if (!statSync(directory, {throwIfNoEntry: false})?.isDirectory()) {
			throw new OptionError(
				`The option \`views\` names \`${directory}\`, which is no directory. Create it, or give a path relative to the working directory or an absolute one.`,
			);
		}
	}

	const noCache = process.env.NODE_ENV !== 'production';
	const loader = new nunjucks.FileSystemLoader([...directories, ownViews], {noCache});
	// `dev` keeps the original error of a template. Without it Nunjucks passes on only the message.
	return new nunjucks.Environment(loader, {dev: true});
}
