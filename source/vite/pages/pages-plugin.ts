import {existsSync, readdirSync} from 'node:fs';
import path from 'node:path';
import type {Logger, Plugin, ResolvedConfig} from 'vite';
import {isStylesheet} from '../../assets/manifest/file-kinds.ts';
import {getReason} from '../../errors/describe.ts';
import {listEntryPaths} from '../input.ts';
import type {NormalizedPluginOptions} from '../normalize-options.ts';
import {type FoundPage, findPages, getPageName} from './find-pages.ts';
import {writePagesDeclaration} from './pages-declaration.ts';

/** The page components of an application, once Vite's config is known. */
export class PageDirectory {
	readonly #options: NormalizedPluginOptions;
	#directory: string | undefined;
	#declaration: string | undefined;

	constructor(options: NormalizedPluginOptions) {
		this.#options = options;
	}

	/** Finds out where the pages are. */
	locate(config: ResolvedConfig): void {
		const {pagesDirectory, pagesDeclaration} = this.#options;
		const named = pagesDirectory === undefined ? findDirectory(config) : pagesDirectory || undefined;
		if (named === undefined) return;
		this.#directory = path.resolve(config.root, named);
		this.#declaration =
			pagesDeclaration === false
				? undefined
				: path.resolve(config.root, pagesDeclaration ?? path.join(path.dirname(this.#directory), 'inertia-pages.d.ts'));
	}

	list(): readonly FoundPage[] {
		return this.#directory === undefined ? [] : findPages(this.#directory);
	}

	/** Whether a file is a page component, there or gone. */
	has(file: string): boolean {
		return this.#directory !== undefined && getPageName(this.#directory, path.normalize(file)) !== undefined;
	}

	/**
	 * Writes the declaration file, if there is anything to declare or a file to bring up to date. What hinders it is said
	 * and no more: it is for editors, and not worth a build.
	 */
	declare(logger: Logger): void {
		try {
			const pages = this.list();
			if (this.#declaration === undefined || (pages.length === 0 && !existsSync(this.#declaration))) return;
			writePagesDeclaration(this.#declaration, pages);
		} catch (error) {
			logger.warn(`The declaration of the pages was not written: ${getReason(error)}.`);
		}
	}
}

/** Milliseconds after a page has come or gone in which others may. */
const gatherTime = 50;

/** Writes the declaration file at the start, and again when a page comes or goes. */
export function createPagesPlugin(pages: PageDirectory): Plugin {
	return {
		name: 'koa-inertia:pages',
		configResolved(config) {
			pages.locate(config);
		},
		buildStart() {
			if (this.environment.name === 'client') pages.declare(this.environment.logger);
		},
		configureServer({config, watcher}) {
			let timer: NodeJS.Timeout | undefined;
			for (const event of ['add', 'unlink']) {
				watcher.on(event, (file: string) => {
					if (!pages.has(file)) return;
					// Once for all that come together: another branch has hundreds of other files.
					clearTimeout(timer);
					timer = setTimeout(() => pages.declare(config.logger), gatherTime).unref();
				});
			}
		},
	};
}

/** `pages` or `Pages` beside the first script, by the name that it really has: some file systems take both for one. */
function findDirectory(config: ResolvedConfig): string | undefined {
	const script = listEntryPaths(config).find(file => !isStylesheet(file));
	if (script === undefined) return undefined;
	const directory = path.resolve(config.root, path.dirname(script));
	const names = existsSync(directory) ? readdirSync(directory) : [];
	const name = ['pages', 'Pages'].find(candidate => names.includes(candidate));
	return name === undefined ? undefined : path.join(directory, name);
}
