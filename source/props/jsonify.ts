import type {PropProvider, PropsProvider} from '../types.ts';
import type {Prop} from './prop.ts';

/**
 * What arrives at the client of a value that a page is given: the type of a page component's props.
 *
 * Functions and promises are what they give, a `Date` is a string, and whatever else has `toJSON` is what that gives.
 * Members that may be `undefined` may be absent, and so are optional and deferred props. A `Map` and a `Set` arrive as
 * `{}`, a BigInt never. Methods of class instances are dropped by JSON, but types don't tell them from functions of
 * plain objects: give pages plain objects.
 *
 * @example
 * import type {Jsonify} from 'koa-inertia';
 *
 * type UserProps = Jsonify<{user: {name: string; born: Date}; posts: () => Promise<string[]>}>;
 * // {user: {name: string; born: string}; posts: string[]}
 */
export type Jsonify<Value> = unknown extends Value
	? Value
	: Value extends Prop<infer Inner>
		? Jsonify<Inner>
		: Value extends PropProvider
			? Jsonify<ReturnType<Value['toInertiaProp']>>
			: Value extends PropsProvider
				? Jsonify<ReturnType<Value['toInertiaProps']>>
				: Value extends PromiseLike<infer Inner>
					? Jsonify<Inner>
					: Value extends {toJSON(...context: never): infer Inner}
						? Jsonify<Inner>
						: Value extends (...context: never) => infer Inner
							? Jsonify<Inner>
							: JsonifyPlain<Value>;

type JsonifyPlain<Value> = Value extends string | number | boolean | null
	? Value
	: Value extends bigint
		? never
		: Value extends symbol | undefined
			? undefined
			: Value extends readonly unknown[]
				? {-readonly [Index in keyof Value]: NullForUndefined<Jsonify<Value[Index]>>}
				: Value extends ReadonlyMap<unknown, unknown> | ReadonlySet<unknown>
					? Record<string, never>
					: Value extends object
						? JsonifyObject<Value>
						: never;

/** A place in a list can't be absent. */
type NullForUndefined<Value> = Value extends undefined ? null : Value;

type JsonifyObject<Value> = Simplify<
	{-readonly [Key in keyof Value as RequiredKey<Value, Key>]: Jsonify<Value[Key]>} & {
		-readonly [Key in keyof Value as OptionalKey<Value, Key>]?: Exclude<Jsonify<Value[Key]>, undefined>;
	}
>;

type RequiredKey<Value, Key extends keyof Value> = Key extends symbol
	? never
	: undefined extends Jsonify<Value[Key]>
		? unknown extends Value[Key]
			? Key
			: never
		: Key;

type OptionalKey<Value, Key extends keyof Value> = Key extends RequiredKey<Value, Key> | symbol
	? never
	: [Exclude<Jsonify<Value[Key]>, undefined>] extends [never]
		? never
		: Key;

/** The same members, shown by editors as one object. */
type Simplify<Value> = {[Key in keyof Value]: Value[Key]};
