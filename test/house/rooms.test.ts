import path from 'node:path';
import test from 'ava';
import {readSourceFiles} from '../helpers/source-files.ts';

/**
 * The rooms of `source/` from the top to the bottom. An import leads to a lower line, never to a higher one, and not to
 * another room of its own line, unless `siblings` allows that.
 *
 * A room is a folder with the files that lie in it. A file has a line of its own where its folder has other rooms in it
 * that need it, as at the root of `source/`.
 */
const levels: ReadonlyArray<readonly string[]> = [
	['source/index.ts'],
	['source/inertia.ts'],
	['source/middleware.ts', 'source/handlers/', 'source/nunjucks/', 'source/testing/', 'source/vite/'],
	['source/vite/production/', 'source/vite/development/', 'source/vite/middleware/'],
	['source/vite/pages/'],
	['source/vite/normalize-options.ts'],
	['source/vite/options.ts', 'source/vite/input.ts', 'source/vite/files.ts', 'source/vite/middleware-mark.ts'],
	['source/request/'],
	['source/session/', 'source/validation/', 'source/props/', 'source/document/'],
	['source/protocol/'],
	['source/normalize-options.ts'],
	['source/options.ts'],
	['source/assets/'],
	['source/assets/tags/'],
	['source/assets/manifest/', 'source/assets/development/'],
	['source/support/'],
	['source/errors/'],
	['source/types.ts', 'source/browser/'],
];

/** Rooms of one line of which the first may import the second. */
const siblings: ReadonlyArray<readonly [upper: string, lower: string]> = [
	// Flash values are checked as props are.
	['source/session/', 'source/props/'],
];

/** Adapters use the core; the core knows none of them. `inertia.ts` is where the two are put together. */
const adapters = ['source/nunjucks/', 'source/vite/', 'source/testing/', 'source/client/', 'source/cli/'];
const compositionRoot = 'source/inertia.ts';

const files = await readSourceFiles('source');
const rooms = levels.flat();
const imports = files.flatMap(({name, imports}) => imports.map(imported => ({name, imported})));

/** The room of a file: itself, where it has a line of its own, or its folder. */
function findRoom(file: string): string {
	return rooms.includes(file) ? file : `${path.posix.dirname(file)}/`;
}

function findLevel(room: string): number {
	return levels.findIndex(level => level.includes(room));
}

function isAllowed(upper: string, lower: string): boolean {
	const isOrdered = siblings.some(([first, second]) => first === upper && second === lower);
	return upper === lower || isOrdered || findLevel(upper) < findLevel(lower);
}

/** The first circle that a walk along the arrows finds. */
function findCircle(names: Iterable<string>, follow: (name: string) => Iterable<string>): string | undefined {
	const done = new Set<string>();
	const visit = (name: string, trail: readonly string[]): string | undefined => {
		if (trail.includes(name)) return [...trail.slice(trail.indexOf(name)), name].join(' → ');
		if (done.has(name)) return undefined;
		for (const next of follow(name)) {
			const circle = visit(next, [...trail, name]);
			if (circle !== undefined) return circle;
		}

		done.add(name);
		return undefined;
	};
	for (const name of names) {
		const circle = visit(name, []);
		if (circle !== undefined) return circle;
	}

	return undefined;
}

test('at most eight files lie at the root of the source', t => {
	const loose = files.map(({name}) => name).filter(name => path.posix.dirname(name) === 'source');
	t.true(loose.length > 0 && loose.length <= 8, loose.join(', '));
});

test('every file of the source has its place in the order of the rooms, and every place a file', t => {
	t.deepEqual(
		files.map(({name}) => name).filter(name => findLevel(findRoom(name)) === -1),
		[],
	);
	t.deepEqual(
		rooms.filter(room => !files.some(({name}) => findRoom(name) === room)),
		[],
	);
});

test('imports go down the order of the rooms, types included', t => {
	t.true(
		imports.some(({name, imported}) => findRoom(name) === 'source/request/' && findRoom(imported) === 'source/props/'),
	);
	t.deepEqual(
		imports
			.filter(({name, imported}) => !isAllowed(findRoom(name), findRoom(imported)))
			.map(({name, imported}) => `${name} imports ${imported}`),
		[],
	);
});

test('the core imports no adapter, but for the place where it meets Nunjucks', t => {
	const isAdapter = (name: string): boolean => adapters.some(adapter => name.startsWith(adapter));
	t.deepEqual(
		imports
			.filter(({name, imported}) => isAdapter(imported) && !isAdapter(name) && name !== compositionRoot)
			.map(({name, imported}) => `${name} imports ${imported}`),
		[],
	);
});

test('every sibling that may be imported is', t => {
	t.deepEqual(
		siblings.filter(
			([upper, lower]) => !imports.some(({name, imported}) => findRoom(name) === upper && findRoom(imported) === lower),
		),
		[],
	);
});

test('no import of the source leads back to its file, types included', t => {
	const byName = new Map(files.map(file => [file.name, file.imports]));
	t.true(byName.get(compositionRoot)!.includes('source/nunjucks/render-document.ts'));
	t.is(
		findCircle(byName.keys(), name => byName.get(name) ?? []),
		undefined,
	);
});

test('no way from room to room leads back, types included', t => {
	const arrows = new Map(rooms.map(room => [room, new Set<string>()]));
	for (const {name, imported} of imports) {
		if (findRoom(name) !== findRoom(imported)) arrows.get(findRoom(name))?.add(findRoom(imported));
	}

	t.is(
		findCircle(rooms, room => arrows.get(room) ?? []),
		undefined,
	);
});
