import {describeValue} from '../errors/describe.ts';
import {OptionError} from '../errors/option-error.ts';
import {isObject, isRecord} from '../support/check-options.ts';
import {isThenable} from '../support/thenable.ts';
import type {Props, PropsInput, PropsProvider} from '../types.ts';
import {adviseOnItems, getTag, hidesItems} from './collections.ts';
import {hasPlainPrototype} from './container.ts';
import {Prop} from './prop.ts';
import {isPropProvider, isPropsProvider} from './provider.ts';

/**
 * Checks the props that a caller gives: an object, one with `toInertiaProps`, or a list with such an object in it.
 *
 * It runs where they are given, so that the error points there. The parts of a list and what `toInertiaProps` or `toJSON`
 * gives are checked when the props are collected.
 *
 * @throws {OptionError} with `subject` at the beginning of its message.
 */
export function checkProps(subject: string, props: unknown): asserts props is PropsInput {
	// A list without a provider is a list of rows that was meant to be one prop.
	if (Array.isArray(props) ? props.some(isPropsProvider) : isSetOfProps(props)) return;
	throw new OptionError(`${subject} takes an object of props, received ${describeProps(props)}. ${advise(props)}`);
}

/**
 * Checks one part of a list of props.
 *
 * @throws {OptionError} with the name of the page component.
 */
export function checkListedProps(component: string, part: unknown): void {
	if (Array.isArray(part) || isSetOfProps(part)) return;
	throw new OptionError(
		`A list of props for \`${component}\` takes objects of props and objects with \`toInertiaProps\`, received ${describeProps(part)} in it. ${advise(part)}`,
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
	if (isSetOfProps(provided) && !isPropsProvider(provided)) return;
	throw new OptionError(
		`\`toInertiaProps\` of ${describeObject(provider)} must give \`${component}\` an object of props, received ${describeProps(provided)}. ${advise(provided)}`,
	);
}

/**
 * Checks what the `toJSON` of an object in place of props has given.
 *
 * @throws {OptionError} with the names of the object's class and the page component.
 */
export function checkJsonProps(component: string, model: object, json: unknown): asserts json is Props {
	if (isRecord(json)) return;
	throw new OptionError(
		`\`toJSON\` of ${describeObject(model)} must give \`${component}\` an object of props, received ${describeProps(json)}. ${advise(json)}`,
	);
}

/** Whether a value is an object whose members are props, and not a value that was meant to be one prop. */
function isSetOfProps(value: unknown): boolean {
	if (!isRecord(value)) return false;
	if (isPropProvider(value)) return false;
	// A short way for nearly all props.
	if (hasPlainPrototype(value)) return true;
	return !(value instanceof Prop || value instanceof Date || isThenable(value) || hidesItems(value));
}

function describeProps(received: unknown): string {
	if (received instanceof Prop) return 'a prop of a factory';
	if (!isObject(received) || Array.isArray(received)) return describeValue(received);
	if (isThenable(received)) return 'a promise';
	if (isPropProvider(received)) return 'an object with `toInertiaProp`';
	const isPlain = hasPlainPrototype(received as object);
	return isPlain ? describeValue(received) : `a ${getTag(received as object)}`;
}

function advise(received: unknown): string {
	if (received === undefined || received === null) return 'Give `{}` where there are no props.';
	if (Array.isArray(received)) return 'Give the list a name, for example `{users}`.';
	if (isThenable(received)) return 'Wait for it with `await`.';
	if (!isObject(received) || !hidesItems(received as object)) return 'Give the value a name, for example `{user}`.';
	return `Give the value a name and plain data in its place: ${adviseOnItems(received as object)}.`;
}

function describeObject(value: object): string {
	// An object without a prototype has no `constructor`.
	const name = value.constructor?.name;
	return name && name !== 'Object' ? `\`${name}\`` : 'an object';
}
