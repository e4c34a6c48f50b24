/**
Records what a version of Vite makes of the test project, as a file in `test/fixtures/manifests/`:

	npx tsx test/tools/record-manifests.ts <directory>

The directory has a package with that `vite`, its `@vitejs/plugin-legacy` and `terser` installed.
*/
import {execFile} from 'node:child_process';
import {mkdtemp, realpath, rm, writeFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {
	buildVariant,
	loadVite,
	type RecordedBuild,
	type Recording,
	recordBuild,
	type VariantName,
	type Vite,
	variants,
} from '../helpers/vite-builds.ts';

const recorded: readonly VariantName[] = ['plain', 'oneStylesheet', 'legacy', 'cyclicChunks'];

const location = process.argv[2];
if (location === undefined) throw new Error('Name the directory with the installed Vite.');
// Vite builds for whatever this says.
process.env.NODE_ENV = 'production';

const vite = await loadVite(path.resolve(location));
const builds: Partial<Record<VariantName, RecordedBuild>> = {};
for (const name of recorded) builds[name] = await record(vite, name);

const recording: Recording = {builtWith: `${vite.name} ${vite.version}`, builds};
const label = vite.name === 'vite' ? Number.parseInt(vite.version, 10) : vite.name.replace(/-vite$/, '');
const target = fileURLToPath(new URL(`../fixtures/manifests/vite-${label}.json`, import.meta.url));
await writeFile(target, `${JSON.stringify(recording, undefined, '\t')}\n`);
const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
await promisify(execFile)(process.execPath, [biome, 'format', '--write', target]);
console.log(target);

async function record(vite: Vite, name: VariantName): Promise<RecordedBuild> {
	const directory = await realpath(await mkdtemp(path.join(tmpdir(), 'koa-inertia-record-')));
	const previous = process.cwd();
	// As a build is mostly run. From elsewhere the keys of polyfills would begin with the way to this machine's directories.
	process.chdir(directory);
	try {
		return await recordBuild(await buildVariant(vite, variants[name], directory));
	} finally {
		process.chdir(previous);
		await rm(directory, {recursive: true, force: true, maxRetries: 5});
	}
}
