import {getReason} from '../errors/describe.ts';
import {PropError} from '../errors/props.ts';
import {isThenable, proceed} from '../support/thenable.ts';
import type {LoaderContext, MaybePromise, PageMetadata, Props, PropsInput} from '../types.ts';
import {checkJsonProps, checkListedProps, checkProvidedProps} from './check-props.ts';
import {mergeMembers, peek} from './getters.ts';
import {ignoreFailures} from './ignore-failures.ts';
import {ProviderContext} from './loader-context.ts';
import {failsInToJson} from './mistakes.ts';
import {createProp} from './prop.ts';
import type {PropsVisit} from './props-visit.ts';
import {isPropsProvider} from './provider.ts';
import {hasToJson, toPlain} from './to-json.ts';
import {unpackDottedKeys} from './unpack.ts';

/** All props that a page is given. A visit may get only some of them. */
export interface GivenProps {
	readonly component: string;
	/** The shared props, in the order in which they were shared. */
	readonly shared: ReadonlyArray<MaybePromise<PropsInput>>;
	readonly props: PropsInput;
	/** The errors from the session. When the props have `errors` of their own, those replace them. */
	readonly errors: Props;
	/** Whether the page lists the names of the shared props. */
	readonly exposeSharedPropKeys: boolean;
}

/** All props of a page in one object. */
interface CollectedProps {
	readonly props: Props;
	/** The names of the shared ones, when the page lists them. */
	readonly sharedProps: PageMetadata['sharedProps'] | undefined;
}

/** `errors` counts as shared, so that the client keeps it for a page that it shows before the answer arrives. */
const alwaysShared: readonly string[] = Object.freeze(['errors']);

/**
 * Puts the shared props and the props of the page together. Of two props with the same name, the later one replaces the
 * other as a whole.
 *
 * The result is a promise only when the shared props are one, or a provider gives one.
 */
export function collectProps(
	given: GivenProps,
	context: LoaderContext,
	visit: Pick<PropsVisit, 'isPartial'>,
): MaybePromise<CollectedProps> {
	try {
		return collect(given, context, visit);
	} catch (error) {
		// A provider or a check has thrown, so nobody will wait for the promises among the props.
		ignoreFailures([given.shared, given.props]);
		throw error;
	}
}

function collect(
	given: GivenProps,
	context: LoaderContext,
	{isPartial}: Pick<PropsVisit, 'isPartial'>,
): MaybePromise<CollectedProps> {
	const {component, shared, props, exposeSharedPropKeys} = given;
	const provide = (input: PropsInput): MaybePromise<Props> => provideProps(input, component, context);
	const sharing = shared.length === 0 ? {} : mergeAll(shared.map(input => proceed(input, provide)));
	const providing = provide(props);
	const join = (common: Props, page: Props): CollectedProps => {
		const sharedKeys = Object.keys(common);
		const replaced = sharedKeys.filter(key => Object.hasOwn(page, key));
		for (const key of replaced) ignoreFailures(peek(common, key));
		// Where all is sent, every getter may be read at once, which is quicker.
		const isAllSent = !isPartial && replaced.length === 0;
		return {
			props: completeProps(
				component,
				sharedKeys.length === 0 ? page : isAllSent ? {...common, ...page} : mergeMembers(common, page),
			),
			sharedProps: exposeSharedPropKeys ? listSharedNames(sharedKeys) : undefined,
		};
	};

	return isThenable(sharing) || isThenable(providing)
		? whenAll([sharing, providing], ([common, page]) => join(common!, page!))
		: join(sharing, providing);
}

function provideProps(input: PropsInput, component: string, context: LoaderContext): MaybePromise<Props> {
	if (isPropsProvider(input)) {
		return proceed(input.toInertiaProps(new ProviderContext(context, component, '', {})), provided => {
			checkProvidedProps(component, input, provided);
			return takeMembers(provided, component);
		});
	}

	// `Array.isArray` doesn't narrow the type of a readonly list.
	if (!Array.isArray(input)) return takeMembers(input as Props, component);
	return mergeAll(
		(input as readonly PropsInput[]).map(part => {
			checkListedProps(component, part);
			return provideProps(part, component, context);
		}),
	);
}

/** Gives the props of an object; of one with `toJSON` what that gives, since its own members may be nobody's business. */
function takeMembers(input: Props, component: string): Props {
	if (!hasToJson(input)) return input;
	let json: unknown;
	try {
		json = toPlain(input, '');
	} catch (error) {
		throw new PropError(component, {path: '', ...failsInToJson(getReason(error))}, {cause: error});
	}

	checkJsonProps(component, input, json);
	return json;
}

function mergeAll(parts: ReadonlyArray<MaybePromise<Props>>): MaybePromise<Props> {
	if (parts.length === 1) return parts[0]!;
	if (parts.some(isThenable)) return whenAll(parts, mergeAll);
	const merged = (parts as readonly Props[]).reduce((merged, part) => mergeMembers(merged, part));
	const count = (parts as readonly Props[]).reduce((sum, part) => sum + Object.keys(part).length, 0);
	// Of two props with the same name the first one was replaced, and nobody waits for it.
	if (Object.keys(merged).length < count) ignoreFailures(parts);
	return merged;
}

/** Waits for all parts. Meanwhile nobody waits for the promises inside the parts that are there already. */
function whenAll<Result>(
	parts: ReadonlyArray<MaybePromise<Props>>,
	next: (parts: readonly Props[]) => MaybePromise<Result>,
): Promise<Result> {
	ignoreFailures(parts);
	return Promise.all(parts).then(next);
}

/** Unpacks dotted keys and makes `errors` an `always` prop; else a partial reload would keep the errors of the last page. */
function completeProps(component: string, given: Props): Props {
	const props = unpackDottedKeys(given, component);
	// A dotted key may replace a promise, or put one aside in `LateMembers`. Nobody waits for that one now.
	if (props !== given) ignoreFailures(given);
	if (!Object.hasOwn(props, 'errors')) return props;
	return mergeMembers(props, {errors: createProp(props.errors, {isAlways: true})});
}

function listSharedNames(keys: readonly string[]): readonly string[] {
	if (keys.length === 0) return alwaysShared;
	return [...new Set([...alwaysShared, ...keys.map(key => key.split('.', 1)[0]!)])];
}
