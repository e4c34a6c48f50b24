import type {RenderOptions} from '../options.ts';
import type {PropInput} from '../props/prop.ts';
import type {Props, PropsInput, PropsProvider} from '../types.ts';

/**
 * The pages of the application: each name with the props that its component receives. Empty, and any name and props go,
 * until the application adds its own.
 *
 * From then on `ctx.inertia.render` and `page` take these names only, and props that arrive as these types: a function
 * that gives a `User` for a `User`, a `Date` for a `string`, a deferred prop for a member that may be absent. A page
 * that declares `errors` needn't be given any: they are on every page.
 *
 * @example
 * declare module 'koa-inertia' {
 * 	interface Pages {
 * 		'Users/Show': {user: {name: string; born: string}; posts?: string[]};
 * 	}
 * }
 */
export interface Pages extends NoMembers {}

/** A registered page, or any text while none is registered. */
export type PageName = [keyof Pages] extends [never] ? string : Extract<keyof Pages, string>;

/** What a page of this name may be given. */
export type PagePropsInput<Name extends string> = Name extends keyof Pages
	? Given<Pages[Name]> | (Given<Pages[Name]> & DottedProps) | PropsProvider | ReadonlyArray<Props | PropsProvider>
	: PropsInput;

/** The arguments after the name: props can be left out where the page needs none. */
export type RenderArguments<Name extends string, Input = PagePropsInput<Name>> =
	NoMembers extends PagePropsInput<Name>
		? [props?: Input, options?: RenderOptions]
		: [props: Input, options?: RenderOptions];

type NoMembers = Record<never, never>;

type Given<Page> = PropsFor<Page extends {errors: unknown} ? WithoutErrors<Page> & {errors?: Page['errors']} : Page>;

type WithoutErrors<Page> = {[Key in keyof Page as Exclude<Key, 'errors'>]: Page[Key]};

/** The props for what a page receives. Where it receives anything, a function still knows what it is called with. */
type PropsFor<Received> = {
	readonly [Key in keyof Received]: unknown extends Received[Key] ? Props[string] : Sendable<Received[Key]>;
};

/** Dotted keys, which are unpacked later. The props that they add can't be checked. */
type DottedProps = {readonly [key: `${string}.${string}`]: unknown};

/** The values that can be given for a value that the client receives. */
type Sendable<Received> = PropInput<Settled<Received>>;

type Settled<Received> =
	| Received
	| {toJSON(): Received}
	| (Received extends readonly (infer Item)[]
			? ReadonlyArray<Sendable<Item>>
			: Received extends object
				? PropsFor<Received>
				: never);
