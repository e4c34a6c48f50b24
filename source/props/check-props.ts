import {describeValue} from '../errors/describe.ts';
import {OptionError} from '../errors/option-error.ts';
import {isObject} from '../support/check-options.ts';
import type {Props, PropsInput, PropsProvider} from '../types.ts';
import {isPropsProvider} from './provider.ts';

/**
 * Checks the props that a caller gives: an object, one with `toInertiaProps`, or a list with such an object in it.
 *
 * It runs where they are given, so that the error points there. The parts of a list and what `toInertiaProps` gives are
 * checked when the props are collected.
 *
 * @throws {OptionError} with `subject` at the beginning of its message.
 */
export function checkProps(subject: string, props: unknown): asserts props is PropsInput {
	// A list without a provider is a list of rows that was meant to be one prop.
	if (Array.isArray(props) ? props.some(isPropsProvider) : isObject(props)) return;
	throw new OptionError(`${subject} takes an object of props, received ${describeValue(props)}. ${advise(props)}`);
}

/**
 * Checks one part of a list of props.
 *
 * @throws {OptionError} with the name of the page component.
 */
export function checkListedProps(component: string, part: unknown): void {
	if (isObject(part)) return;
	throw new OptionError(
		`A list of props for \`${component}\` takes objects of props and objects with \`toInertiaProps\`, received ${describeValue(part)} in it. ${advise(part)}`,
	);
}

/**
 * Checks what an object with `toInertiaProps` has given.
 *
 * @throws {OptionError} with the names of the object's class and the page component.
 */
export function checkProvidedProps(
	component: string,
	provider: PropsProvider,
	provided: unknown,
): asserts provided is Props {
	if (isObject(provided)) return;
	throw new OptionError(
		`\`toInertiaProps\` of ${describeProvider(provider)} must give \`${component}\` an object of props, received ${describeValue(provided)}. ${advise(provided)}`,
	);
}

function advise(received: unknown): string {
	if (received === undefined || received === null) return 'Give `{}` where there are no props.';
	return Array.isArray(received)
		? 'Give the list a name, for example `{users}`.'
		: 'Give the value a name, for example `{user}`.';
}

function describeProvider(provider: PropsProvider): string {
	// An object without a prototype has no `constructor`.
	const name = provider.constructor?.name;
	return name && name !== 'Object' ? `\`${name}\`` : 'an object';
}
