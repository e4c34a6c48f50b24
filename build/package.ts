/**
Builds the package into `distribution/`, from the source and from the declarations that `tsc` has written there:
`npm run build`.

- `code/` has one file for each entry of the package, and two for what the entries share. An application reads three
  files instead of a hundred, so importing the package takes a quarter of the time.
- `types/` has what the entries declare.

A bundled file lies as deep as a file of `source/nunjucks/`, so both find `views/` at the same relative path.
*/
import {readdir, readFile, rm} from 'node:fs/promises';
import path from 'node:path';
import {parseArgs} from 'node:util';
import {rolldown} from 'rolldown';
import {pruneDeclarations} from './declarations.ts';

/** Where `package.json` says that an entry is. */
interface Entry {
	readonly types: string;
	readonly default: string;
}

const root = path.join(import.meta.dirname, '..');
const distribution = path.join(root, 'distribution');
const {values: options} = parseArgs({options: {packed: {type: 'boolean', default: false}}});
const entries = await readEntries();
const bundled = await bundle();
const declarations = pruneDeclarations(entries.map(({types}) => path.join(root, types)));
await removeOthers([...bundled, ...declarations]);

async function readEntries(): Promise<readonly Entry[]> {
	const {exports} = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
	return Object.values<Entry | string>(exports).filter(target => typeof target === 'object');
}

/** Gives the files that it wrote. */
async function bundle(): Promise<readonly string[]> {
	const build = await rolldown({
		cwd: root,
		input: Object.fromEntries(entries.map(entry => [path.basename(entry.default, '.js'), toSource(entry)])),
		// Code that nothing uses stays, or the coverage would count it as tested.
		treeshake: false,
		// On the platform `node`, Rolldown adds a file of helpers that nothing of ours needs.
		platform: 'neutral',
		external: id => !id.startsWith('.') && !path.isAbsolute(id),
	});
	const directory = path.join(distribution, 'code');
	const {output} = await build.write({
		dir: directory,
		chunkFileNames: '[name].js',
		// What the entries share keeps its names instead of letters, for people who read a stack trace.
		minifyInternalExports: false,
		// Each file costs a start about a millisecond, so the entries share one. Nunjucks stays out of it, because only
		// two entries need it.
		codeSplitting: {groups: [{name: 'shared', minShareCount: 2, test: /^(?!.*[\\/]source[\\/]nunjucks[\\/])/}]},
		// The coverage and a debugger follow the maps to the source, which lies beside them. The packed file has no source,
		// so a map in it would lead to missing files. Vite warns of such maps, and of code that mentions a missing map.
		sourcemap: !options.packed,
		sourcemapExcludeSources: true,
	});
	return output.map(({fileName}) => path.join(directory, fileName));
}

function toSource({types}: Entry): string {
	return path.join(root, types.replace('/distribution/types/', '/source/').replace(/\.d\.ts$/, '.ts'));
}

/** Removes what an earlier build left, and what `tsc` declared of the inside. */
async function removeOthers(kept: readonly string[]): Promise<void> {
	for (const name of await readdir(distribution, {recursive: true})) {
		const file = path.join(distribution, name);
		const isKept = kept.some(other => other === file || other.startsWith(file + path.sep));
		if (!isKept) await rm(file, {recursive: true, force: true});
	}
}
