import type {StandardSchemaV1} from '@standard-schema/spec';
import {expectTypeOf} from 'expect-type';
import type {Context} from 'koa';
import {type FieldErrors, ValidationError} from 'koa-inertia';
import * as v from 'valibot';
import {z} from 'zod';

declare const ctx: Context;
const {inertia} = ctx;

interface Note {
	title: string;
	tags: string[];
	author?: {name: string} | undefined;
}

// What the schema gives, and not what it takes.
const zod = z.object({title: z.string(), tags: z.array(z.string()), author: z.object({name: z.string()}).optional()});
expectTypeOf(await inertia.validate(zod)).toEqualTypeOf<Note>();
const valibot = v.object({
	title: v.string(),
	tags: v.array(v.string()),
	author: v.optional(v.object({name: v.string()})),
});
expectTypeOf(await inertia.validate(valibot)).toEqualTypeOf<Note>();

// Transforms, coercions and defaults.
const zodTransforms = z.object({
	age: z.coerce.number(),
	role: z.enum(['admin', 'guest']).default('guest'),
	born: z.string().transform(text => new Date(text)),
	name: z.string().transform(async name => ({name})),
});
const valibotTransforms = v.objectAsync({
	age: v.pipe(v.string(), v.transform(Number)),
	role: v.optional(v.picklist(['admin', 'guest']), 'guest'),
	born: v.pipe(
		v.string(),
		v.transform(text => new Date(text)),
	),
	name: v.pipeAsync(
		v.string(),
		v.transformAsync(async name => ({name})),
	),
});
interface Transformed {
	age: number;
	role: 'admin' | 'guest';
	born: Date;
	name: {name: string};
}
expectTypeOf(await inertia.validate(zodTransforms)).toEqualTypeOf<Transformed>();
expectTypeOf(await inertia.validate(valibotTransforms)).toEqualTypeOf<Transformed>();

// Kinds of input, and schemas of no library.
const union = z.discriminatedUnion('kind', [z.object({kind: z.literal('a')}), z.object({kind: z.literal('b')})]);
expectTypeOf(await inertia.validate(union)).toEqualTypeOf<{kind: 'a'} | {kind: 'b'}>();
declare const plain: StandardSchemaV1<string, Note>;
expectTypeOf(await inertia.validate(plain)).toEqualTypeOf<Note>();
declare const untyped: StandardSchemaV1;
expectTypeOf(await inertia.validate(untyped)).toEqualTypeOf<unknown>();

// Input of one's own has any type: it is what is to be checked.
expectTypeOf(await inertia.validate(zod, ctx.query)).toEqualTypeOf<Note>();
expectTypeOf(await inertia.validate(zod, null)).toEqualTypeOf<Note>();

// @ts-expect-error: no schema
void inertia.validate({title: 'string'});
// @ts-expect-error: a function that validates is no schema
void inertia.validate((input: unknown) => input);
// @ts-expect-error: a schema is needed
void inertia.validate();

// Errors of the application's own: a message, or several.
expectTypeOf(
	new ValidationError({title: 'Taken.', tags: ['Too many.', 'Too long.']}).errors,
).toEqualTypeOf<FieldErrors>();
// @ts-expect-error: a message is text
new ValidationError({title: 1});
