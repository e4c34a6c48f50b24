import type {Sample, Samples} from './compare-servers.ts';
import type {Scenario} from './scenarios.ts';
import {median, medianRatio} from './statistics.ts';

const saturation = 0.95;

const format = (value: number, digits: number): string =>
	value.toLocaleString('en', {minimumFractionDigits: digits, maximumFractionDigits: digits});

const column = (samples: readonly Sample[], member: keyof Sample): number[] => samples.map(sample => sample[member]);

const formatPair = (samples: Samples, member: keyof Sample, digits: number): string => {
	const [subject, reference] = [samples.subject, samples.reference].map(side => median(column(side, member)));
	return `${format(subject ?? 0, digits)} / ${format(reference ?? 0, digits)}`;
};

/** Formats a ratio and, when there is a target for it, whether the target is met. */
export const formatTarget = (ratio: number, target: number | undefined, isMet: boolean): string =>
	target === undefined ? format(ratio, 3) : `${format(ratio, 3)} ${isMet ? '✔' : '✘'} (target ${format(target, 2)})`;

/** Prints the figures of a scenario and returns whether the target is met. */
export const reportScenario = ({title, subject, reference, target}: Scenario, samples: Samples): boolean => {
	const requests = medianRatio(
		column(samples.subject, 'requestsPerSecond'),
		column(samples.reference, 'requestsPerSecond'),
	);
	const cpu = medianRatio(column(samples.reference, 'cpuPerRequest'), column(samples.subject, 'cpuPerRequest'));
	const busy = Math.max(...column([...samples.subject, ...samples.reference], 'loadBusy'));
	const isMet = target === undefined || requests >= target;
	console.log(`\n${title} (${subject} / ${reference})`);
	console.log(`  requests/s        ${formatPair(samples, 'requestsPerSecond', 0)}`);
	console.log(`  ratio             ${formatTarget(requests, target, isMet)}`);
	console.log(`  CPU µs/request    ${formatPair(samples, 'cpuPerRequest', 1)}`);
	console.log(`  ratio (inverse)   ${format(cpu, 3)}`);
	console.log(`  load generator    busy ${format(busy * 100, 0)} %${busy > saturation ? ': it may be the limit' : ''}`);

	return isMet;
};
