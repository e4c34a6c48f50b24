import {deepStrictEqual} from 'node:assert';
import {readFileSync} from 'node:fs';
import {createAssets} from 'koa-inertia/assets';
import {compareFunctions} from './compare-functions.ts';
import {withManifestFile} from './manifest-file.ts';
import {formatTarget} from './report.ts';
import {median, medianRatio} from './statistics.ts';

const entries = 10_000;
const effort = {rounds: 25, warmUpRounds: 5};
const target = 4;

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const load = (file: string): unknown => createAssets({manifest: file, hotFile: false}).manifest;

/** Compares `createAssets` (read, parse, validate, hash) with reading and parsing alone. */
export const measureManifest = async (): Promise<boolean> =>
	withManifestFile(entries, async file => {
		deepStrictEqual(load(file), read(file));
		const {subject, reference} = compareFunctions(
			() => load(file),
			() => read(file),
			effort,
		);
		const ratio = medianRatio(subject, reference);
		console.log(`\nManifest of ${entries.toLocaleString('en')} entries`);
		console.log(`  read and parse    ${median(reference).toFixed(1)} ms`);
		console.log(`  createAssets      ${median(subject).toFixed(1)} ms`);
		console.log(`  ratio, at most    ${formatTarget(ratio, target, ratio <= target)}`);
		return ratio <= target;
	});
