import {describeValue, OptionError} from '../errors.ts';
import {isThenable} from '../thenable.ts';
import type {Props, PropsContext, PropsInput} from '../types.ts';
import {createProp} from './prop.ts';
import {isPropsProvider} from './provider.ts';
import {unpackDottedKeys} from './unpack.ts';

/** The props of a page before any of them is resolved. */
export interface CollectedProps {
	readonly props: Props;
	/** Top-level names of the shared ones, also where a prop of the page took the place. */
	readonly sharedKeys: readonly string[];
}

/**
 * Puts the shared props and those of the page together; the later of two wins as a whole.
 *
 * A promise only where an object that provides props gives one.
 */
export function collectProps(
	shared: readonly PropsInput[],
	page: PropsInput,
	context: PropsContext,
): CollectedProps | Promise<CollectedProps> {
	const sharing = provide(shared.flat(), context);
	const providing = provide(page, context);
	return isThenable(sharing) || isThenable(providing)
		? Promise.all([sharing, providing]).then(([first, second]) => join(first, second))
		: join(sharing, providing);
}

function provide(input: PropsInput, context: PropsContext): Props | Promise<Props> {
	if (Array.isArray(input)) {
		const parts = (input as ReadonlyArray<Exclude<PropsInput, readonly unknown[]>>).map(part => provide(part, context));
		return parts.some(isThenable) ? Promise.all(parts).then(merge) : merge(parts as Props[]);
	}

	if (typeof input !== 'object' || input === null) {
		throw new OptionError(`Props are an object, or one with \`toInertiaProps\`, received ${describeValue(input)}.`);
	}

	return isPropsProvider(input) ? input.toInertiaProps(context) : (input as Props);
}

function merge(parts: readonly Props[]): Props {
	let merged: Props = {};
	for (const part of parts) merged = {...merged, ...part};
	return merged;
}

function join(shared: Props, page: Props): CollectedProps {
	const sharedKeys = Object.keys(shared);
	const props = unpackDottedKeys(sharedKeys.length === 0 ? page : {...shared, ...page});
	return {
		// Whatever a partial reload asks for: without its errors a page would keep those of the page before.
		props: Object.hasOwn(props, 'errors')
			? {...props, errors: createProp(props.errors ?? {}, {isAlways: true})}
			: props,
		// `errors` is shared too: the client keeps them for a page that it shows before its answer is there.
		sharedKeys: [...new Set(['errors', ...sharedKeys.map(key => key.split('.', 1)[0]!)])],
	};
}
