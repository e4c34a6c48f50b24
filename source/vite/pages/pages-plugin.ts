import {existsSync, readdirSync} from 'node:fs';
import path from 'node:path';
import type {Logger, Plugin, ResolvedConfig} from 'vite';
import {type FoundPage, findPages, getPageName} from '../../assets/development/find-pages.ts';
import {isStylesheet} from '../../assets/manifest/file-kinds.ts';
import {getReason} from '../../errors/describe.ts';
import {listEntryPaths} from '../input.ts';
import type {NormalizedPluginOptions} from '../normalize-options.ts';
import {writePagesDeclaration} from './pages-declaration.ts';

/** The page components of an application. There are none before `locate()` has read Vite's config. */
export class PageDirectory {
	readonly #options: NormalizedPluginOptions;
	#directory: string | undefined;
	#declaration: string | undefined;

	constructor(options: NormalizedPluginOptions) {
		this.#options = options;
	}

	/** Finds the directory of the pages and the place of the declaration file. */
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

	/** The directory as an absolute path; `undefined` if the application has none. */
	get path(): string | undefined {
		return this.#directory;
	}

	/** Lists the pages that are there now. */
	list(): readonly FoundPage[] {
		return this.#directory === undefined ? [] : findPages(this.#directory);
	}

	/** Whether a file is a page component. The file need not exist any more. */
	has(file: string): boolean {
		return this.#directory !== undefined && getPageName(this.#directory, path.normalize(file)) !== undefined;
	}

	/**
	 * Writes the declaration file, if there are pages or an older file. A failure is only a warning, because the file is
	 * for editors, and the build works without it.
	 */
	declare(logger: Logger): void {
		try {
			const pages = this.list();
			if (this.#declaration === undefined || (pages.length === 0 && !existsSync(this.#declaration))) return;
			writePagesDeclaration(this.#declaration, pages);
		} catch (error) {
			logger.warn(
				`The declaration of the pages was not written: ${getReason(error)}. Name another file by the option \`pages.declaration\` of \`koaInertia\`, or write none with \`false\`.`,
			);
		}
	}
}

/** Milliseconds that we wait for more changes after a page was added or removed. */
const gatherTime = 50;

/** Writes the declaration file at the start, and again whenever a page is added or removed. */
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
					// We don't write for each change, because a checkout of another branch changes hundreds of files at once.
					clearTimeout(timer);
					timer = setTimeout(() => pages.declare(config.logger), gatherTime).unref();
				});
			}
		},
	};
}

/**
 * Finds `pages` or `Pages` beside the first script. We read the names in the directory and don't ask whether one
 * exists, because some file systems take both names for the same directory.
 */
function findDirectory(config: ResolvedConfig): string | undefined {
	const script = listEntryPaths(config).find(file => !isStylesheet(file));
	if (script === undefined) return undefined;
	const directory = path.resolve(config.root, path.dirname(script));
	const names = existsSync(directory) ? readdirSync(directory) : [];
	const name = ['pages', 'Pages'].find(candidate => names.includes(candidate));
	return name === undefined ? undefined : path.join(directory, name);
}
