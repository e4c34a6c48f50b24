import {expectTypeOf} from 'expect-type';
import {always, defer, type Jsonify, merge, once, optional, type Prop, scroll} from 'koa-inertia';

declare class Money {
	readonly amount: number;
	toJSON(): {amount: string; taxed: Date};
}

interface Tree {
	label: string;
	children: Tree[];
}

interface Profile {
	toInertiaProps(): Promise<{nick: string; since: Date}>;
}

interface Clock {
	toInertiaProp(): Prop<Date>;
}

declare const unknown: unique symbol;

// What JSON keeps as it is.
expectTypeOf<Jsonify<string>>().toEqualTypeOf<string>();
expectTypeOf<Jsonify<'a' | 7 | true | null>>().toEqualTypeOf<'a' | 7 | true | null>();
expectTypeOf<Jsonify<{name: string; tags: string[]}>>().toEqualTypeOf<{name: string; tags: string[]}>();
expectTypeOf<Jsonify<readonly [string, number]>>().toEqualTypeOf<[string, number]>();
expectTypeOf<Jsonify<unknown>>().toEqualTypeOf<unknown>();
expectTypeOf<Jsonify<Tree>>().toEqualTypeOf<{label: string; children: Array<Jsonify<Tree>>}>();

// What JSON changes.
expectTypeOf<Jsonify<Date>>().toEqualTypeOf<string>();
expectTypeOf<Jsonify<Date | null>>().toEqualTypeOf<string | null>();
expectTypeOf<Jsonify<{readonly born: Date}>>().toEqualTypeOf<{born: string}>();
expectTypeOf<Jsonify<Money>>().toEqualTypeOf<{amount: string; taxed: string}>();
expectTypeOf<Jsonify<URL>>().toEqualTypeOf<string>();
expectTypeOf<Jsonify<Map<string, number>>>().toEqualTypeOf<Record<string, never>>();
expectTypeOf<Jsonify<bigint>>().toEqualTypeOf<never>();

// What may be missing.
expectTypeOf<Jsonify<{a?: string; b: number | undefined; c: undefined}>>().toEqualTypeOf<{a?: string; b?: number}>();
expectTypeOf<Jsonify<Array<string | undefined>>>().toEqualTypeOf<Array<string | null>>();
expectTypeOf<Jsonify<{[unknown]: string; seen: boolean}>>().toEqualTypeOf<{seen: boolean}>();

// What is resolved before it is sent.
expectTypeOf<Jsonify<() => Date>>().toEqualTypeOf<string>();
expectTypeOf<Jsonify<() => Promise<Date[]>>>().toEqualTypeOf<string[]>();
expectTypeOf<Jsonify<Promise<{at: Date}>>>().toEqualTypeOf<{at: string}>();
expectTypeOf<Jsonify<{auth: {user: () => Promise<{born: Date}>}}>>().toEqualTypeOf<{auth: {user: {born: string}}}>();
expectTypeOf<Jsonify<Profile>>().toEqualTypeOf<{nick: string; since: string}>();
expectTypeOf<Jsonify<Clock>>().toEqualTypeOf<string>();

// Props of the factories, which infer what their value gives.
expectTypeOf(always(7)).toEqualTypeOf<Prop<number>>();
expectTypeOf(merge(() => [new Date()])).toEqualTypeOf<Prop<Date[]>>();
expectTypeOf(once(async () => 'a')).toEqualTypeOf<Prop<string>>();
expectTypeOf(scroll(Promise.resolve({data: [1]}))).toEqualTypeOf<Prop<{data: number[]}>>();
expectTypeOf(optional(() => 7)).toEqualTypeOf<Prop<number | undefined>>();
expectTypeOf(defer(async () => 'a')).toEqualTypeOf<Prop<string | undefined>>();
expectTypeOf(once(merge(defer(async () => ['a'])))).toEqualTypeOf<Prop<string[] | undefined>>();
expectTypeOf(defer(() => merge(['a']))).toEqualTypeOf<Prop<string[] | undefined>>();
expectTypeOf(defer(({ctx, signal}) => [ctx.path, signal.aborted])).toEqualTypeOf<
	Prop<Array<string | boolean> | undefined>
>();

const props = {
	user: {name: 'Ada', born: new Date()},
	posts: defer(async () => [{at: new Date()}]),
	history: optional(() => [1]),
	tags: merge(() => ['a']),
};
expectTypeOf<Jsonify<typeof props>>().toEqualTypeOf<{
	user: {name: string; born: string};
	posts?: Array<{at: string}>;
	history?: number[];
	tags: string[];
}>();

// The metadata of a list sees what the loader gives.
scroll(async () => ({rows: [1], page: 2}), {
	wrapper: 'rows',
	metadata: value => {
		expectTypeOf(value).toEqualTypeOf<{rows: number[]; page: number}>();
		return {currentPage: value.page};
	},
});

// @ts-expect-error: a value that is there has nothing to be deferred
defer(['a']);
// @ts-expect-error: an option of `merge`
defer(() => 1, {matchOn: 'id'});
// @ts-expect-error: no unit
once(() => 1, {expiresIn: 'soon'});
once(() => 1, {expiresIn: '90s'});
