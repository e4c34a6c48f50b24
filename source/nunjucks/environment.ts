import {statSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import nunjucks from 'nunjucks';
import {TemplateError} from '../errors/document.ts';
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
	const loader = new DirectoryLoader([...directories, ownViews], {noCache});
	// `dev` keeps the original error of a template. Without it Nunjucks passes on only the message.
	return new nunjucks.Environment(loader, {dev: true});
}

/**
 * Finds templates in directories, and nothing beside them. The loader of Nunjucks compares only the beginnings of two
 * paths, so that with `views` it would read `../views-private/x` too.
 */
class DirectoryLoader extends nunjucks.FileSystemLoader {
	readonly #directories: readonly string[];

	constructor(directories: readonly string[], options: nunjucks.FileSystemLoaderOptions) {
		super([...directories], options);
		this.#directories = directories;
	}

	/** @throws {TemplateError} */
	override getSource(name: string): nunjucks.LoaderSource {
		// A template that another one names as `./x` comes here with its absolute path.
		if (this.#directories.every(directory => leadsOut(path.relative(directory, path.resolve(directory, name))))) {
			throw createPlaceError(name);
		}

		return super.getSource(name);
	}
}

/** Whether a path is absolute, or leads out of the directory that it is relative to. */
export function leadsOut(name: string): boolean {
	return path.isAbsolute(name) || (name.includes('..') && /^\.\.(?:[\\/]|$)/.test(path.normalize(name)));
}

export function createPlaceError(name: string): TemplateError {
	return new TemplateError(
		`The template \`${name}\` is not inside of the directories of the option \`views\`. Name it by its path below one of them, and never by what a request says.`,
	);
}
