import type {PropProvider, PropsProvider} from '../types.ts';
import type {Prop} from './prop.ts';

/**
 * The type that the client receives for a value that a page is given. Use it for the props of a page component.
 *
 * A function and a promise become the value that they give. A `Date` becomes a string, and any other value with
 * `toJSON` becomes what that gives. A member that may be `undefined` may be absent, and so may optional and deferred
 * props. A `Map` and a `Set` become `{}`, and a BigInt can't be sent. JSON drops the methods of class instances, but
 * TypeScript can't tell them from functions of plain objects, so give pages plain objects.
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

/** An item of a list can't be absent: JSON has `null` in its place. */
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

/** The same members, which an editor shows as one object. */
type Simplify<Value> = {[Key in keyof Value]: Value[Key]};
