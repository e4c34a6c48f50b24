import {readdirSync, realpathSync, statSync} from 'node:fs';
import path from 'node:path';

/** A page component in the directory of the pages. */
export interface FoundPage {
	/** The name under which the page is rendered: the path below the directory, without the extension. */
	readonly name: string;
	/** The absolute path of the file, with `/` on every system. */
	readonly file: string;
}

/**
 * Of two files with one name the one whose extension stands first is the page, as the client's resolver looks for
 * them: a Vue component, then `.tsx`, then `.jsx`. It looks for `.ts` and `.js` only when it is told to, so these come
 * last: beside `Index.vue`, `Index.ts` is what the component imports.
 */
const extensions = ['.vue', '.tsx', '.jsx', '.svelte', '.ts', '.js'];

const besidePages = /.\.(?:test|spec|stories)\.[^.]+$|\.d(?:\.[^.]+)?\.ts$/;

/**
 * Every page component below a directory, sorted by name. A directory that isn't there has none.
 *
 * Links to directories are followed, except to one that holds the link: its pages have names already.
 */
export function findPages(directory: string): FoundPage[] {
	const root = path.resolve(directory);
	const found = new Map<string, string>();
	for (const file of listFiles(root, [unlessGone(() => realpathSync(root)) ?? root])) {
		const name = getPageName(root, file);
		if (name === undefined) continue;
		const other = found.get(name);
		if (other === undefined || rank(file) < rank(other)) found.set(name, file);
	}

	// By code unit: the order of a locale differs between machines.
	return [...found]
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.map(([name, file]) => ({name, file: file.split(path.sep).join('/')}));
}

/**
 * The name under which a file below the directory is rendered, or `undefined` for what is no page: another kind of
 * file, declarations, tests, stories, and what is hidden. Looks at the path alone; the file needn't exist.
 */
export function getPageName(directory: string, file: string): string | undefined {
	const relative = path.relative(directory, file);
	const segments = relative.split(path.sep);
	if (path.isAbsolute(relative) || segments.some(isOutOfSight) || besidePages.test(relative)) return undefined;

	const {length} = path.extname(relative);
	return rank(relative) < 0 ? undefined : segments.join('/').slice(0, -length);
}

/** A directory without pages, or a file that is none; `..` is such a segment too. */
function isOutOfSight(segment: string): boolean {
	return segment.startsWith('.') || segment === 'node_modules' || segment === '__tests__';
}

/** `trail` has the real paths of the directory and of those that led here. */
function* listFiles(directory: string, trail: readonly string[]): Generator<string> {
	for (const entry of unlessGone(() => readdirSync(directory, {withFileTypes: true})) ?? []) {
		if (isOutOfSight(entry.name)) continue;
		const location = path.join(directory, entry.name);
		const kind = entry.isSymbolicLink() ? unlessGone(() => statSync(location)) : entry;
		if (kind?.isFile()) yield location;
		const target = kind?.isDirectory() ? unlessGone(() => realpathSync(location)) : undefined;
		if (target !== undefined && !trail.some(place => isInside(place, target))) {
			yield* listFiles(location, [...trail, target]);
		}
	}
}

/** What is read, or `undefined` when it isn't there: files go away between two looks, and links lead nowhere. */
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
