import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';

type Entry = {
	file: string;
	src: string;
	name: string;
	isEntry?: boolean;
	isDynamicEntry?: boolean;
	imports?: string[];
	css?: string[];
};

const hash = (index: number): string => (index * 2_654_435_761).toString(36).padStart(8, '0').slice(-8);

const createEntry = (index: number): Entry => {
	const name = index === 0 ? 'main' : `page-${index}`;
	return {
		file: `assets/${name}-${hash(index)}.js`,
		src: sourceOf(index),
		name,
		...(index === 0 ? {isEntry: true} : {isDynamicEntry: true}),
		...(index > 0 && {imports: [sourceOf(0), ...(index > 10 ? [sourceOf(index % 10)] : [])]}),
		...(index % 2 === 0 && {css: [`assets/${name}-${hash(index + 1)}.css`]}),
	};
};

const sourceOf = (index: number): string => (index === 0 ? 'source/main.ts' : `source/pages/page-${index}.tsx`);

/** A Vite manifest as a build of that many pages writes it. */
export const createManifest = (entries: number): Record<string, Entry> =>
	Object.fromEntries(Array.from({length: entries}, (_, index) => [sourceOf(index), createEntry(index)]));

/** Writes a manifest where Vite would, into a temporary directory, and removes it when `use` is done. */
export const withManifestFile = async <Result>(
	entries: number,
	use: (file: string) => Promise<Result>,
): Promise<Result> => {
	const directory = await mkdtemp(path.join(tmpdir(), 'koa-inertia-benchmark-'));
	try {
		const file = path.join(directory, 'manifest.json');
		await writeFile(file, JSON.stringify(createManifest(entries), undefined, 2));
		return await use(file);
	} finally {
		await rm(directory, {recursive: true, force: true});
	}
};
