import test from 'ava';
import {describePending, missingParts} from './pending.ts';
import {readCases} from './read-cases.ts';
import {runCase} from './run-case.ts';

// `npm run test:conformance -- <file>` hands the file over behind `--`.
const {CONFORMANCE_CASES: named = process.argv[2]} = process.env;
const cases = await readCases(named ?? new URL('cases.json', import.meta.url));

const running: Promise<unknown>[] = [];

for (const definition of cases.filter(candidate => missingParts(candidate).length === 0)) {
	test(`${definition.area}: ${definition.id}: ${definition.title}`, async t => {
		const run = runCase(definition);
		running.push(run);
		t.deepEqual(await run, []);
	});
}

test('pending cases are listed by the part that they wait for', async t => {
	// Tests start in order, so this one knows all others and prints after them.
	await Promise.allSettled(running);
	t.log(describePending(cases).join('\n'));
	t.pass();
});
