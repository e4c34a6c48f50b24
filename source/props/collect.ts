import {describeValue, OptionError} from '../errors.ts';
import {isThenable} from '../thenable.ts';
import type {LoaderContext, PageMetadata, Props, PropsInput} from '../types.ts';
import {ProviderContext} from './loader-context.ts';
import {createProp} from './prop.ts';
import {isPropsProvider} from './provider.ts';
import {unpackDottedKeys} from './unpack.ts';

/** The props that a page is given, before those that a visit gets are chosen. */
export interface GivenProps {
	readonly component: string;
	/** What is shared with the page, in the order in which it was shared. */
	readonly shared: readonly PropsInput[];
	readonly props: PropsInput;
	/** Whether the page lists the names of the shared props. */
	readonly exposeSharedPropKeys: boolean;
}

/** All props of a page in one object. */
export interface CollectedProps {
	readonly props: Props;
	/** What the page says of where they come from, if it does. */
	readonly sharedProps: PageMetadata['sharedProps'] | undefined;
}

/** `errors` is shared too: the client keeps them for a page that it shows before its answer is there. */
const alwaysShared: readonly string[] = Object.freeze(['errors']);

/**
 * Puts the shared props and those of the page together; the later of two wins as a whole.
 *
 * A promise only where an object that provides props gives one.
 */
export function collectProps(given: GivenProps, context: LoaderContext): CollectedProps | Promise<CollectedProps> {
	const {component, shared, props, exposeSharedPropKeys} = given;
	const sharing = mergeAll(shared.map(input => provideProps(input, component, context)));
	const providing = provideProps(props, component, context);
	const join = (common: Props, page: Props): CollectedProps => {
		const sharedKeys = Object.keys(common);
		return {
			props: finish(sharedKeys.length === 0 ? page : {...common, ...page}),
			sharedProps: exposeSharedPropKeys ? listNames(sharedKeys) : undefined,
		};
	};

	return isThenable(sharing) || isThenable(providing)
		? Promise.all([sharing, providing]).then(([common, page]) => join(common, page))
		: join(sharing, providing);
}

function provideProps(input: PropsInput, component: string, context: LoaderContext): Props | Promise<Props> {
	if (typeof input !== 'object' || input === null) {
		throw new OptionError(`Props are an object, or one with \`toInertiaProps\`, received ${describeValue(input)}.`);
	}

	if (isPropsProvider(input)) return input.toInertiaProps(new ProviderContext(context, component, '', {}));
	// The check for a list doesn't narrow a readonly one.
	return Array.isArray(input)
		? mergeAll((input as readonly PropsInput[]).map(part => provideProps(part, component, context)))
		: (input as Props);
}

function mergeAll(parts: ReadonlyArray<Props | Promise<Props>>): Props | Promise<Props> {
	if (parts.length === 1) return parts[0]!;
	if (parts.some(isThenable)) return Promise.all(parts).then(mergeAll);
	return Object.fromEntries(parts.flatMap(part => Object.entries(part)));
}

/** Unpacks dotted keys. Errors come with every page, whatever is asked for: else it would keep those of the page before. */
function finish(given: Props): Props {
	const props = unpackDottedKeys(given);
	if (!Object.hasOwn(props, 'errors')) return props;
	return {...props, errors: createProp(props.errors ?? {}, {isAlways: true})};
}

function listNames(keys: readonly string[]): readonly string[] {
	if (keys.length === 0) return alwaysShared;
	return [...new Set([...alwaysShared, ...keys.map(key => key.split('.', 1)[0]!)])];
}
