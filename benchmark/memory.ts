import {readVersion} from './answer.ts';
import {createRequestText} from './compare-servers.ts';
import type {LoadRequest} from './load/messages.ts';
import type {LoadGenerator} from './load-generator.ts';
import {firstLoad, freshVisit, staleVisit} from './scenarios.ts';
import {ServerProcess} from './server-process.ts';
import {median} from './statistics.ts';

const answers = 200_000;
const samples = 40;
const connections = 16;
/** 256 KiB over 100,000 requests are less than three bytes for each. A leak of one small object is twenty times that. */
const tolerance = 256 * 1024;

const createRequests = (version: string): LoadRequest[] => [
	{text: createRequestText(freshVisit(version)), status: 200},
	{text: createRequestText(firstLoad(version)), status: 200},
	{text: createRequestText(staleVisit(version)), status: 409},
];

const formatSize = (bytes: number): string => `${(bytes / 1024).toFixed(0)} KiB`;

const sampleHeap = async (server: ServerProcess, generator: LoadGenerator): Promise<number[]> => {
	const requests = createRequests(await readVersion(server.port));
	const heap: number[] = [];
	for (let sample = 0; sample < samples; sample++) {
		await generator.run({port: server.port, requests, connections, limit: {answers: answers / samples}});
		heap.push(await server.heap());
	}

	return heap;
};

/** Compares the heap of one server in the second and in the last quarter of many mixed requests. */
export const measureMemory = async (manifest: string, generator: LoadGenerator): Promise<boolean> => {
	const server = await ServerProcess.start('inertia-small', manifest, '', ['--expose-gc']);
	try {
		const heap = await sampleHeap(server, generator);
		const before = median(heap.slice(samples / 4, samples / 2));
		const after = median(heap.slice(-samples / 4));
		const isMet = after - before <= tolerance;
		console.log(`\nHeap over ${answers.toLocaleString('en')} requests (pages, documents and 409 in turn)`);
		console.log(`  second quarter    ${formatSize(before)}`);
		console.log(`  last quarter      ${formatSize(after)}`);
		console.log(
			`  growth            ${formatSize(after - before)} ${isMet ? '✔' : '✘'} (at most ${formatSize(tolerance)})`,
		);
		return isMet;
	} finally {
		await server.stop();
	}
};
