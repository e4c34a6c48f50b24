import {describeValue} from '../errors/describe.ts';
import {OptionError} from '../errors/option-error.ts';
import {suggest} from './nearest.ts';

/**
 * The values that an option accepts. `expected` is the end of the sentence "The option `x` must be …". An option whose
 * mistakes have an error of their own throws it in `check`.
 */
export type Expectation =
	| {readonly accepts: (value: unknown) => boolean; readonly expected: string}
	| {readonly check: (value: unknown) => void};

export const isString = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
export const isFunction = (value: unknown): boolean => typeof value === 'function';
export const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
/** An object that isn't a list. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export const flag: Expectation = {accepts: isBoolean, expected: '`true` or `false`'};
export const text: Expectation = {accepts: isString, expected: 'a string that is not empty'};

/** @throws {OptionError} for an unknown key or a value of the wrong type. */
export function checkOptions(subject: string, options: object, known: Readonly<Record<string, Expectation>>): void {
	if (!isObject(options)) {
		throw new OptionError(`\`${subject}\` takes an object of options, received ${describeValue(options)}.`);
	}

	// We don't use `Object.entries`, because it makes a list for each option, and this runs on every `render`.
	for (const key of Object.keys(options)) {
		const value = (options as Readonly<Record<string, unknown>>)[key];
		if (!Object.hasOwn(known, key)) {
			throw new OptionError(
				`\`${subject}\` has no option \`${key}\`.${suggest(key, Object.keys(known))} Its options are: ${Object.keys(known).join(', ')}.`,
			);
		}

		const expectation = known[key]!;
		if (value === undefined) continue;
		if ('check' in expectation) {
			expectation.check(value);
		} else if (!expectation.accepts(value)) {
			throw new OptionError(
				`In \`${subject}\`, the option \`${key}\` must be ${expectation.expected}, received ${describeValue(value)}.`,
			);
		}
	}
}
