import {statSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import nunjucks from 'nunjucks';
import {OptionError} from '../errors/option-error.ts';
import type {TemplateEnvironment} from '../options.ts';

const ownViews = fileURLToPath(new URL('../../views', import.meta.url));

/**
 * A Nunjucks environment over directories, with the package's own templates behind them.
 *
 * Templates are compiled once in production and looked up anew on every render elsewhere.
 *
 * @throws {OptionError} for a directory that doesn't exist, which Nunjucks would pass over.
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
	// `dev` keeps the cause of an error in a template, of which Nunjucks otherwise passes on the message alone.
	return new nunjucks.Environment(loader, {dev: true});
}
