import {isThenable, proceed} from '../support/thenable.ts';
import type {LoaderContext, PageMetadata, Props, PropsInput} from '../types.ts';
import {checkListedProps, checkProvidedProps} from './check-props.ts';
import {ignoreFailures} from './ignore-failures.ts';
import {ProviderContext} from './loader-context.ts';
import {createProp} from './prop.ts';
import {isPropsProvider} from './provider.ts';
import {unpackDottedKeys} from './unpack.ts';

/** The props that a page is given, before those that a visit gets are chosen. */
export interface GivenProps {
	readonly component: string;
	/** What is shared with the page, in the order in which it was shared. */
	readonly shared: ReadonlyArray<PropsInput | Promise<PropsInput>>;
	readonly props: PropsInput;
	/** The errors that waited for this page; the page's own `errors`, where it has some, take their place. */
	readonly errors: Props;
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
	try {
		return collect(given, context);
	} catch (error) {
		// Thrown by an object that provides props: nobody will wait for the promises beside it.
		ignoreFailures([given.shared, given.props]);
		throw error;
	}
}

function collect(given: GivenProps, context: LoaderContext): CollectedProps | Promise<CollectedProps> {
	const {component, shared, props, exposeSharedPropKeys} = given;
	const provide = (input: PropsInput): Props | Promise<Props> => provideProps(input, component, context);
	const sharing = shared.length === 0 ? {} : mergeAll(shared.map(input => proceed(input, provide)));
	const providing = provide(props);
	const join = (common: Props, page: Props): CollectedProps => {
		const sharedKeys = Object.keys(common);
		for (const key of sharedKeys) if (Object.hasOwn(page, key)) ignoreFailures(common[key]);
		return {
			props: finish(sharedKeys.length === 0 ? page : {...common, ...page}),
			sharedProps: exposeSharedPropKeys ? listNames(sharedKeys) : undefined,
		};
	};

	return isThenable(sharing) || isThenable(providing)
		? whenAll([sharing, providing], ([common, page]) => join(common!, page!))
		: join(sharing, providing);
}

function provideProps(input: PropsInput, component: string, context: LoaderContext): Props | Promise<Props> {
	if (isPropsProvider(input)) {
		return proceed(input.toInertiaProps(new ProviderContext(context, component, '', {})), provided => {
			checkProvidedProps(component, input, provided);
			return provided;
		});
	}

	// `Array.isArray` doesn't narrow the type of a readonly list.
	if (!Array.isArray(input)) return input as Props;
	return mergeAll(
		(input as readonly PropsInput[]).map(part => {
			checkListedProps(component, part);
			return provideProps(part, component, context);
		}),
	);
}

function mergeAll(parts: ReadonlyArray<Props | Promise<Props>>): Props | Promise<Props> {
	if (parts.length === 1) return parts[0]!;
	if (parts.some(isThenable)) return whenAll(parts, mergeAll);
	const entries = parts.flatMap(part => Object.entries(part));
	const merged = Object.fromEntries(entries);
	// Of two with the same name, nobody waits for the first.
	if (Object.keys(merged).length < entries.length) ignoreFailures(parts);
	return merged;
}

/** Until all props are there, nobody waits for the promises among those that are. */
function whenAll<Result>(
	parts: ReadonlyArray<Props | Promise<Props>>,
	next: (parts: readonly Props[]) => Result | Promise<Result>,
): Promise<Result> {
	ignoreFailures(parts);
	return Promise.all(parts).then(next);
}

/** Unpacks dotted keys. Errors come with every page, whatever is asked for: else it would keep those of the page before. */
function finish(given: Props): Props {
	const props = unpackDottedKeys(given);
	// One may take the place of another, or be set aside until that is made.
	if (props !== given) ignoreFailures(given);
	if (!Object.hasOwn(props, 'errors')) return props;
	return {...props, errors: createProp(props.errors, {isAlways: true})};
}

function listNames(keys: readonly string[]): readonly string[] {
	if (keys.length === 0) return alwaysShared;
	return [...new Set([...alwaysShared, ...keys.map(key => key.split('.', 1)[0]!)])];
}
