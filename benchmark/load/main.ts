/** The load generator: runs each load that it is sent, and answers with what it measured. */
import {Connection} from './connection.ts';
import type {Load, LoadResult} from './messages.ts';

const run = async ({port, requests, connections, limit}: Load): Promise<LoadResult> => {
	let answers = 0;
	const startedAt = performance.now();
	const cpuBefore = process.cpuUsage();
	const endsAt = 'seconds' in limit ? startedAt + limit.seconds * 1000 : Number.POSITIVE_INFINITY;
	// When so many answers are there, the last ones are still on their way on the other connections.
	const last = 'answers' in limit ? limit.answers - connections + 1 : Number.POSITIVE_INFINITY;
	const goOn = (): boolean => {
		answers++;
		return answers < last && performance.now() < endsAt;
	};

	await Promise.all(Array.from({length: connections}, (_, turn) => new Connection(port, requests, turn, goOn).run()));
	const elapsed = performance.now() - startedAt;
	const {user, system} = process.cpuUsage(cpuBefore);
	return {answers, seconds: elapsed / 1000, busy: (user + system) / 1000 / elapsed};
};

process.on('message', async (load: Load) => {
	process.send?.(await run(load));
});
process.on('disconnect', () => process.exit());
