import {PropError, PropLoadError} from '../errors/props.ts';
import {needsNoWrapping} from '../errors/thrown.ts';
import type {LoaderContext} from '../types.ts';
import {ProviderContext} from './loader-context.ts';
import {givesItself} from './mistakes.ts';
import type {Loader} from './prop.ts';
import {isPropProvider, isPropsProvider} from './provider.ts';

/** Where a value stands among the props. */
export interface Place {
	/** Dotted path of the value, list indices included. */
	readonly path: string;
	/** The object or list that contains the value, as it was given. */
	readonly parent: object;
}

/**
 * Calls a function, or the method of a provider. Gives any other value as it is.
 *
 * @throws {PropLoadError} for what they throw; {PropError} for a provider that gives itself.
 */
export function make(
	maker: unknown,
	{component, context}: {readonly component: string; readonly context: LoaderContext},
	place: Place,
): unknown {
	let made = maker;
	try {
		if (typeof maker === 'function') return (maker as Loader<unknown>)(context);
		const isOne = isPropProvider(maker);
		if (!isOne && !isPropsProvider(maker)) return maker;
		const providerContext = new ProviderContext(context, component, place.path, place.parent);
		made = isOne ? maker.toInertiaProp(providerContext) : maker.toInertiaProps(providerContext);
	} catch (error) {
		throw createLoadError(component, place.path, error);
	}

	if (made === maker) throw new PropError(component, {path: place.path, ...givesItself});
	return made;
}

/** Makes the error of a prop that failed to load, unless the failure says enough itself. */
export function createLoadError(component: string, path: string, error: unknown): unknown {
	return needsNoWrapping(error) ? error : new PropLoadError(component, path, error);
}
