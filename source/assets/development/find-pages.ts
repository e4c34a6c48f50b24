import {readdirSync, realpathSync, statSync} from 'node:fs';
import path from 'node:path';

/** A page component in the directory of the pages. */
export interface FoundPage {
	/** The name by which a handler renders the page: the path below the directory, without the extension. */
	readonly name: string;
	/** The absolute path of the file, with `/` on every system. */
	readonly file: string;
}

/**
 * The extensions of page components. If two files have one name, the page is the one whose extension comes first here.
 *
 * This is the order of the client's resolver: a Vue component, then `.tsx`, then `.jsx`. The resolver looks for `.ts`
 * and `.js` only on request, so these come last: an `Index.ts` beside `Index.vue` is a module that the component
 * imports.
 */
const extensions = ['.vue', '.tsx', '.jsx', '.svelte', '.ts', '.js'];

/** Matches tests, stories and declarations, which may be beside the pages. */
const besidePages = /.\.(?:test|spec|stories)\.[^.]+$|\.d(?:\.[^.]+)?\.ts$/;

/**
 * Finds every page component below a directory, sorted by name. It finds none if the directory doesn't exist.
 *
 * It follows a link to a directory, unless that directory contains the link: its pages have names already.
 */
export function findPages(directory: string): FoundPage[] {
	const root = path.resolve(directory);
	const found = new Map<string, string>();
	for (const file of listFilesBelow(root, [unlessGone(() => realpathSync(root)) ?? root])) {
		const name = getPageName(root, file);
		if (name === undefined) continue;
		const other = found.get(name);
		if (other === undefined || rank(file) < rank(other)) found.set(name, file);
	}

	// We don't sort by a locale, because its order differs between machines.
	return [...found]
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.map(([name, file]) => ({name, file: file.split(path.sep).join('/')}));
}

/**
 * Returns the name by which a handler renders a file below the directory, or `undefined` if the file is no page: if it
 * is of another kind, a declaration, a test or a story, or hidden. Only the path counts; the file need not exist.
 */
export function getPageName(directory: string, file: string): string | undefined {
	const relative = path.relative(directory, file);
	const segments = relative.split(path.sep);
	if (path.isAbsolute(relative) || segments.some(isOutOfSight) || besidePages.test(relative)) return undefined;

	const {length} = path.extname(relative);
	return rank(relative) < 0 ? undefined : segments.join('/').slice(0, -length);
}

/** Whether a segment of a path names a directory without pages, or a hidden file. `..` counts as hidden too. */
function isOutOfSight(segment: string): boolean {
	return segment.startsWith('.') || segment === 'node_modules' || segment === '__tests__';
}

/**
 * Lists the files below a directory. `trail` has the real paths of the directory and of the directories around it.
 */
function* listFilesBelow(directory: string, trail: readonly string[]): Generator<string> {
	for (const entry of unlessGone(() => readdirSync(directory, {withFileTypes: true})) ?? []) {
		if (isOutOfSight(entry.name)) continue;
		const location = path.join(directory, entry.name);
		const kind = entry.isSymbolicLink() ? unlessGone(() => statSync(location)) : entry;
		if (kind?.isFile()) yield location;
		const target = kind?.isDirectory() ? unlessGone(() => realpathSync(location)) : undefined;
		if (target !== undefined && !trail.some(place => isInside(place, target))) {
			yield* listFilesBelow(location, [...trail, target]);
		}
	}
}

/** Reads, or returns `undefined` if nothing is there: a file may disappear meanwhile, and a link may lead nowhere. */
function unlessGone<Value>(read: () => Value): Value | undefined {
	try {
		return read();
	} catch (error) {
		if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
		throw error;
	}
}

function isInside(place: string, directory: string): boolean {
	return `${place}${path.sep}`.startsWith(`${directory}${path.sep}`);
}

function rank(file: string): number {
	return extensions.indexOf(path.extname(file));
}
