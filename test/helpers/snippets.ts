import {mkdir, readdir, readFile, symlink, writeFile} from 'node:fs/promises';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {createDirectory, createManifest, openBuild} from './build.ts';

export interface Snippet {
	/** File and number within it, such as `README.md 2`. */
	readonly name: string;
	/** As the guide has it behind the fence: `ts`, `njk`, `http`, `sh`. */
	readonly language: string;
	readonly code: string;
}

const root = path.join(import.meta.dirname, '../..');

/** Every fenced block of the README and the guides. */
export async function readSnippets(): Promise<Snippet[]> {
	const guides = (await readdir(path.join(root, 'docs'))).map(name => `docs/${name}`);
	const snippets = await Promise.all(
		['README.md', ...guides].map(async file => {
			const text = await readFile(path.join(root, file), 'utf8');
			const blocks = [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)];
			return blocks.map(([, language, code], index) => ({
				name: `${file} ${index + 1}`,
				language: language!,
				code: code!,
			}));
		}),
	);
	return snippets.flat();
}

/** A project as the guides have in mind: a build in `public/build` with the entry `source/main.tsx`, and a root template. */
export async function createProject(t: ExecutionContext): Promise<string> {
	const directory = await createDirectory(t);
	const {'source/main.ts': entry, ...others} = createManifest();
	await openBuild(path.join(directory, 'public/build')).deploy({...others, 'source/main.tsx': entry!});
	await mkdir(path.join(directory, 'views'));
	await writeFile(path.join(directory, 'views/app.njk'), "{{ vite('source/main.tsx') }}{{ inertia() }}");
	await symlink(path.join(root, 'node_modules'), path.join(directory, 'node_modules'));
	await writeFile(path.join(directory, 'package.json'), '{"type": "module"}');
	return directory;
}
