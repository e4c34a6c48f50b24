import {define} from '../props/container.ts';
import type {PageObject} from '../types.ts';
import type {ReloadOptions} from './options.ts';
import {getAtPath, hasMembers, setAtPath} from './paths.ts';
import {isPartialReload} from './visit-headers.ts';

/**
 * Returns the page that a client has after an answer, as far as its next requests depend on it. The props of a partial
 * reload replace those that the client had, and once props keep the values that the server didn't send again.
 *
 * We don't merge lists by `mergeProps` and the like, because merging is the work of the real client. Tests would then
 * test a second implementation instead of the real one.
 */
export function holdPage(received: PageObject, held: PageObject | undefined, asked: ReloadOptions): PageObject {
	if (held === undefined) return received;
	const isPart = isPartialReload(asked) && held.component === received.component;
	return keepOnceProps(isPart ? layOver(received, held, asked) : received, held);
}

/** Adds the page of a partial reload to the page that the client had. */
function layOver(received: PageObject, held: PageObject, {only = [], except = []}: ReloadOptions): PageObject {
	// The server sends a part of an object only if the request named a path into the object.
	const parts = new Set([...only, ...except].filter(path => path.includes('.')).map(path => path.split('.', 1)[0]));
	const props = {...held.props};
	for (const [name, value] of Object.entries(received.props)) {
		define(props, name, parts.has(name) && Object.hasOwn(held.props, name) ? combine(held.props[name], value) : value);
	}

	return {
		// A partial reload doesn't announce deferred props again, but the client still has to load the other groups.
		...(held.deferredProps && {deferredProps: held.deferredProps}),
		...received,
		props,
		...(held.scrollProps && {scrollProps: {...held.scrollProps, ...received.scrollProps}}),
		...(held.onceProps && {onceProps: {...held.onceProps, ...received.onceProps}}),
	};
}

/**
 * Adds the values of once props that the client had and the server didn't send.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#once-props
 */
function keepOnceProps(page: PageObject, held: PageObject): PageObject {
	let {props, onceProps} = page;
	if (!onceProps || !held.onceProps) return page;
	const heldEntries = new Map(Object.entries(held.onceProps));
	for (const [key, entry] of Object.entries(onceProps)) {
		const heldEntry = heldEntries.get(key);
		if (!heldEntry || getAtPath(props, entry.prop) !== undefined) continue;
		const value = getAtPath(held.props, heldEntry.prop);
		// A deferred once prop has no value before it is loaded.
		if (value === undefined) continue;
		props = setAtPath(props, entry.prop, value);
		// The value expires at the time that was set when it was sent.
		onceProps = {...onceProps, [key]: {...entry, expiresAt: heldEntry.expiresAt}};
	}

	return {...page, props, onceProps};
}

function combine(held: unknown, received: unknown): unknown {
	if (!hasMembers(held) || !hasMembers(received)) return received;
	const combined = {...held};
	for (const [name, value] of Object.entries(received)) {
		define(combined, name, Object.hasOwn(held, name) ? combine(held[name], value) : value);
	}

	return combined;
}
