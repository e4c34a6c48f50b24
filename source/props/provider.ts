import type {PropProvider, PropsProvider} from '../types.ts';

/** Whether a value is an object that gives several props at once. */
export function isPropsProvider(value: unknown): value is PropsProvider {
	return typeof value === 'object' && value !== null && 'toInertiaProps' in value && isMethod(value.toInertiaProps);
}

/** Whether a value is an object that makes its own prop. */
export function isPropProvider(value: unknown): value is PropProvider {
	return typeof value === 'object' && value !== null && 'toInertiaProp' in value && isMethod(value.toInertiaProp);
}

function isMethod(member: unknown): boolean {
	return typeof member === 'function';
}
