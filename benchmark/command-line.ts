import {parseArgs} from 'node:util';

export type Settings = {
	/** Rounds of each scenario; a round measures both servers, one right after the other. */
	rounds: number;
	/** Seconds of load on one server in one round: short, so that both halves of a round meet the same machine. */
	seconds: number;
	/** The one measurement to run; all when it is `undefined`. */
	only: string | undefined;
	/** Whether a missed target makes the exit code 1. */
	check: boolean;
};

const readNumber = (name: string, value: string): number => {
	const number = Number(value);
	if (!(number > 0)) {
		throw new TypeError(`\`--${name}\` must be a number above 0, not \`${value}\`.`);
	}

	return number;
};

export const readSettings = (names: readonly string[]): Settings => {
	const {values} = parseArgs({
		options: {
			rounds: {type: 'string', default: '60'},
			seconds: {type: 'string', default: '0.3'},
			only: {type: 'string'},
			check: {type: 'boolean', default: false},
		},
	});
	const {rounds, seconds, only, check} = values;
	if (only !== undefined && !names.includes(only)) {
		throw new TypeError(`\`--only ${only}\` names no measurement. There are: ${names.join(', ')}.`);
	}

	return {rounds: Math.ceil(readNumber('rounds', rounds)), seconds: readNumber('seconds', seconds), only, check};
};
