import {strictEqual} from 'node:assert';
import {findDynamic} from '../source/props/find-dynamic.ts';
import {compareFunctions} from './compare-functions.ts';
import {createShapes, createTree, values} from './nested-values.ts';
import {formatTarget} from './report.ts';
import {median, medianRatio} from './statistics.ts';

/** One search takes too little time to be measured alone. */
const repetitions = 10;
const effort = {rounds: 200, warmUpRounds: 20};
const target = 0.15;

const repeat = (use: () => unknown) => (): void => {
	for (let repetition = 0; repetition < repetitions; repetition++) {
		use();
	}
};

/** Compares the search for functions and promises among nested props with the `JSON.stringify` that follows it. */
export const measureWalk = (): boolean => {
	// A search that has seen only this tree would be compiled for it, and take a quarter less time than in a server.
	strictEqual(findDynamic(createShapes()), undefined);
	const tree = createTree();
	strictEqual(findDynamic(tree), undefined);
	const walk = repeat(() => findDynamic(tree));
	const stringify = repeat(() => JSON.stringify(tree));
	const {subject, reference} = compareFunctions(walk, stringify, effort);
	const ratio = medianRatio(subject, reference);
	console.log(`\nLook through ${values.toLocaleString('en')} nested values`);
	console.log(`  JSON.stringify    ${(median(reference) / repetitions).toFixed(3)} ms`);
	console.log(`  look              ${(median(subject) / repetitions).toFixed(3)} ms`);
	console.log(`  ratio, at most    ${formatTarget(ratio, target, ratio <= target)}`);
	return ratio <= target;
};
