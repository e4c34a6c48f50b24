import {readVersion} from './answer.ts';
import {type Check, checkEquality} from './equality.ts';
import type {LoadGenerator} from './load-generator.ts';
import {requestPath, type Scenario} from './scenarios.ts';
import {ServerProcess} from './server-process.ts';

/** The figures of one server in one round. */
export type Sample = {requestsPerSecond: number; cpuPerRequest: number; loadBusy: number};

/** Both servers, a sample for each round. */
export type Samples = {subject: Sample[]; reference: Sample[]};

export type Effort = {rounds: number; seconds: number};

const connections = 16;
const warmUpSeconds = 1;
/** A process may be slower for its whole life than the next one with the same code, so we replace processes. */
const roundsPerProcess = 20;

export const createRequestText = (headers: Record<string, string>): string => {
	const lines = Object.entries({Host: '127.0.0.1', ...headers}).map(([name, value]) => `${name}: ${value}\r\n`);
	return `GET ${requestPath} HTTP/1.1\r\n${lines.join('')}\r\n`;
};

type Measure = (server: ServerProcess, seconds: number) => Promise<Sample>;

const createMeasure =
	(generator: LoadGenerator, {headers, status}: Scenario, version: string): Measure =>
	async (server, seconds) => {
		const requests = [{text: createRequestText(headers(version)), status}];
		const cpuBefore = await server.cpu();
		const result = await generator.run({port: server.port, requests, connections, limit: {seconds}});
		const cpu = (await server.cpu()) - cpuBefore;
		return {
			requestsPerSecond: result.answers / result.seconds,
			cpuPerRequest: cpu / result.answers,
			loadBusy: result.busy,
		};
	};

const measurePair = async (
	scenario: Scenario,
	manifest: string,
	generator: LoadGenerator,
	{rounds, seconds}: Effort,
	isFirstSubject: boolean,
	check: Check,
): Promise<Samples> => {
	const subject = await ServerProcess.start(scenario.subject, manifest);
	const version = await readVersion(subject.port);
	const reference = await ServerProcess.start(scenario.reference, manifest, version);
	try {
		await check(scenario, {subject: subject.port, reference: reference.port}, version);
		const measure = createMeasure(generator, scenario, version);
		await measure(subject, warmUpSeconds);
		await measure(reference, warmUpSeconds);
		const samples: Samples = {subject: [], reference: []};
		for (let round = 0; round < rounds; round++) {
			const order = [['subject', subject] as const, ['reference', reference] as const];
			for (const [side, server] of (round % 2 === 0) === isFirstSubject ? order : order.reverse()) {
				samples[side].push(await measure(server, seconds));
			}
		}

		return samples;
	} finally {
		await subject.stop();
		await reference.stop();
	}
};

/** Measures both servers of a scenario in interleaved rounds, in several pairs of fresh processes. */
export const compareServers = async (
	scenario: Scenario,
	manifest: string,
	generator: LoadGenerator,
	{rounds, seconds}: Effort,
	check: Check = checkEquality,
): Promise<Samples> => {
	const samples: Samples = {subject: [], reference: []};
	for (let done = 0; done < rounds; done += roundsPerProcess) {
		const effort = {rounds: Math.min(roundsPerProcess, rounds - done), seconds};
		const isFirstSubject = (done / roundsPerProcess) % 2 === 0;
		const pair = await measurePair(scenario, manifest, generator, effort, isFirstSubject, check);
		samples.subject.push(...pair.subject);
		samples.reference.push(...pair.reference);
	}

	return samples;
};
