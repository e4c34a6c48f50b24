import type {StandardSchemaV1} from '@standard-schema/spec';
import type {ExecutionContext} from 'ava';
import type {Context} from 'koa';
import type {InertiaOptions} from 'koa-inertia';
import * as v from 'valibot';
import {z} from 'zod';
import type {RunningApp} from './app.ts';
import {createManifest} from './build.ts';
import {createSessionApp} from './session-app.ts';

/** What the form of `createFormApp` must have. */
export const titleSchema = z.object({title: z.string().min(3, 'Longer.')});

/** A form with nested fields and lists, as two libraries describe it. */
export const formSchemas: Record<string, StandardSchemaV1> = {
	Zod: z.object({
		title: z.string().min(3, 'Longer.').regex(/\d/, 'A digit.'),
		author: z.object({name: z.string().min(1, 'Name?'), mail: z.string().min(1, 'Mail?')}),
		items: z.array(z.object({count: z.number().min(1, 'None?'), name: z.string().min(1, 'What?')})),
	}),
	Valibot: v.object({
		title: v.pipe(v.string(), v.minLength(3, 'Longer.'), v.regex(/\d/, 'A digit.')),
		author: v.object({
			name: v.pipe(v.string(), v.minLength(1, 'Name?')),
			mail: v.pipe(v.string(), v.minLength(1, 'Mail?')),
		}),
		items: v.array(
			v.object({count: v.pipe(v.number(), v.minValue(1, 'None?')), name: v.pipe(v.string(), v.minLength(1, 'What?'))}),
		),
	}),
};

/** Input that both refuse. */
export const invalidForm = {
	title: 'a',
	author: {name: '', mail: ''},
	items: [
		{count: 0, name: ''},
		{count: 1, name: 'b'},
		{count: 0, name: 'c'},
	],
};

/** Every message that `invalidForm` gets. */
export const invalidFormErrors = {
	title: ['Longer.', 'A digit.'],
	'author.name': ['Name?'],
	'author.mail': ['Mail?'],
	'items.0.count': ['None?'],
	'items.0.name': ['What?'],
	'items.2.count': ['None?'],
};

export interface FormApp extends RunningApp {
	/** What ran of the handler, in order. */
	readonly ran: string[];
	/** A request that validates, as the client's forms send it. */
	validate(data: object, only?: string): ReturnType<RunningApp['agent']['post']>;
}

/** Serves an app with sessions, whose handler validates and then redirects to its form. */
export async function createFormApp(
	t: ExecutionContext,
	schema: StandardSchemaV1 = titleSchema,
	before: (ctx: Context) => unknown = () => undefined,
	options: InertiaOptions = {},
): Promise<FormApp> {
	const ran: string[] = [];
	const handler = async (ctx: Context): Promise<void> => {
		if (ctx.path === '/form') {
			await ctx.inertia.render('Form');
			return;
		}

		await before(ctx);
		ran.push('before');
		await ctx.inertia.validate(schema);
		ran.push('after');
		ctx.redirect('/form');
	};
	const app = await createSessionApp(t, handler, {manifest: createManifest(), ...options});
	return {
		...app,
		ran,
		validate(data, only) {
			const request = app.agent.post('/').set({Accept: 'application/json', Precognition: 'true'});
			if (only !== undefined) request.set('Precognition-Validate-Only', only);
			return request.send(data);
		},
	};
}
