import {deepStrictEqual} from 'node:assert';
import {readFileSync} from 'node:fs';
import {createAssets} from 'koa-inertia/assets';
import {withManifestFile} from './manifest-file.ts';
import {formatTarget} from './report.ts';
import {median, medianRatio} from './statistics.ts';

const entries = 10_000;
const rounds = 25;
const warmUpRounds = 5;
const target = 4;

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const load = (file: string): unknown => createAssets({manifest: file, hotFile: false}).manifest;

const time = (use: (file: string) => unknown, file: string): number => {
	const startedAt = performance.now();
	use(file);
	return performance.now() - startedAt;
};

/** Compares `createAssets` (read, parse, validate, hash) with reading and parsing alone. */
export const measureManifest = async (): Promise<boolean> =>
	withManifestFile(entries, async file => {
		deepStrictEqual(load(file), read(file));
		const reading: number[] = [];
		const loading: number[] = [];
		for (let round = -warmUpRounds; round < rounds; round++) {
			const order = round % 2 === 0 ? [read, load] : [load, read];
			for (const use of order) {
				const elapsed = time(use, file);
				if (round >= 0) {
					(use === read ? reading : loading).push(elapsed);
				}
			}
		}

		const ratio = medianRatio(loading, reading);
		console.log(`\nManifest of ${entries.toLocaleString('en')} entries`);
		console.log(`  read and parse    ${median(reading).toFixed(1)} ms`);
		console.log(`  createAssets      ${median(loading).toFixed(1)} ms`);
		console.log(`  ratio, at most    ${formatTarget(ratio, target, ratio <= target)}`);
		return ratio <= target;
	});
