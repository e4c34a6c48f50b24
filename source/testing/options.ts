import type {VisitMethod} from './send.ts';

/** The options of `createClient()`. */
export interface ClientOptions {
	/**
	 * The version that every visit sends, instead of the version of the client's page.
	 *
	 * Use another version than the server's to test a stale client. With the server's own version, for example
	 * `middleware.assets.version`, the client can begin with a visit and doesn't have to `open` a page first.
	 *
	 * @default the version of the page that the client has
	 * @example
	 * import Koa from 'koa';
	 * import {inertia} from 'koa-inertia';
	 * import {createClient} from 'koa-inertia/testing';
	 * import supertest from 'supertest';
	 *
	 * const app = new Koa().use(inertia({manifest: {'main.ts': {file: 'main.js', isEntry: true}}}));
	 * const staleClient = createClient(supertest(app.callback()), {version: 'old'});
	 * const {response} = await staleClient.visit('/users');
	 * console.log(response.status); // 409
	 */
	readonly version?: string;
}

/** The options of `client.open()`. */
export interface OpenOptions {
	/**
	 * Headers to add to the request, by their names.
	 *
	 * Use it for whatever the application reads, such as a language or a token. A visit and a validation send the headers
	 * of the protocol as the client does, so these can't be replaced.
	 *
	 * @default none
	 * @example
	 * import Koa from 'koa';
	 * import {createClient} from 'koa-inertia/testing';
	 * import supertest from 'supertest';
	 *
	 * const app = new Koa().use(ctx => {
	 * 	ctx.body = ctx.get('accept-language');
	 * });
	 * const client = createClient(supertest(app.callback()));
	 * const {response} = await client.open('/', {headers: {'accept-language': 'de'}});
	 * console.log(response.text); // de
	 */
	readonly headers?: Readonly<Record<string, string>>;
}

/**
 * The options of `client.reload()` and `client.createHeaders()`. With `only`, `except` or `reset` the request is a
 * partial reload.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#partial-reloads
 */
export interface ReloadOptions extends OpenOptions {
	/**
	 * Dotted paths of the props to load. Use it to test that a prop can be loaded alone.
	 *
	 * @default all props
	 * @example
	 * import Koa from 'koa';
	 * import {inertia, page} from 'koa-inertia';
	 * import {createClient} from 'koa-inertia/testing';
	 * import supertest from 'supertest';
	 *
	 * const app = new Koa().use(inertia({manifest: {'main.ts': {file: 'main.js', isEntry: true}}}));
	 * app.use(page('Dashboard', {user: 'Ada', visitors: () => 42}));
	 * const client = createClient(supertest(app.callback()));
	 * await client.open('/');
	 * const answer = await client.reload({only: ['visitors']});
	 * console.log(answer.page.props); // {errors: {}, visitors: 42}
	 */
	readonly only?: readonly string[];
	/**
	 * Dotted paths of the props to leave out. Use it to test a reload without slow props.
	 *
	 * @default none
	 * @example
	 * import Koa from 'koa';
	 * import {inertia, page} from 'koa-inertia';
	 * import {createClient} from 'koa-inertia/testing';
	 * import supertest from 'supertest';
	 *
	 * const app = new Koa().use(inertia({manifest: {'main.ts': {file: 'main.js', isEntry: true}}}));
	 * app.use(page('Dashboard', {user: 'Ada', visitors: () => 42}));
	 * const client = createClient(supertest(app.callback()));
	 * await client.open('/');
	 * const answer = await client.reload({except: ['visitors']});
	 * console.log(answer.page.props); // {errors: {}, user: 'Ada'}
	 */
	readonly except?: readonly string[];
	/**
	 * Dotted paths of the props to load anew, without merging them into what the client has. Use it to test a list that
	 * begins again, for example after a search.
	 *
	 * @default none
	 * @example
	 * import Koa from 'koa';
	 * import {inertia, merge, page} from 'koa-inertia';
	 * import {createClient} from 'koa-inertia/testing';
	 * import supertest from 'supertest';
	 *
	 * const app = new Koa().use(inertia({manifest: {'main.ts': {file: 'main.js', isEntry: true}}}));
	 * app.use(page('Feed', {posts: merge(['first', 'second'])}));
	 * const client = createClient(supertest(app.callback()));
	 * await client.open('/');
	 * const answer = await client.reload({reset: ['posts']});
	 * console.log(answer.page.mergeProps); // undefined
	 */
	readonly reset?: readonly string[];
	/**
	 * Name of the form. The page then has its errors under this name in `errors`. Use it for a page with several forms.
	 *
	 * @default none
	 * @example
	 * import Koa from 'koa';
	 * import {inertia, ValidationError} from 'koa-inertia';
	 * import {createClient} from 'koa-inertia/testing';
	 * import {createSession} from 'koa-session';
	 * import supertest from 'supertest';
	 *
	 * const app = new Koa();
	 * app.keys = ['secret'];
	 * app.use(createSession(app)).use(inertia({manifest: {'main.ts': {file: 'main.js', isEntry: true}}}));
	 * app.use(async ctx => {
	 * 	if (ctx.method === 'POST') throw new ValidationError({name: 'A user has a name.'});
	 * 	await ctx.inertia.render('Users');
	 * });
	 * const client = createClient(supertest.agent(app.callback()));
	 * await client.open('/users');
	 * const {page} = await client.visit('/users', {method: 'post', errorBag: 'createUser'});
	 * console.log(page.props.errors); // {createUser: {name: 'A user has a name.'}}
	 * @see https://inertiajs.com/docs/v3/the-basics/validation#error-bags
	 */
	readonly errorBag?: string;
}

/** The options of `client.visit()`. */
export interface VisitOptions extends ReloadOptions {
	/**
	 * The method of the visit. Use it for what a form or a link sends that isn't a GET.
	 *
	 * @default `'get'`
	 * @example
	 * import Koa from 'koa';
	 * import {createClient} from 'koa-inertia/testing';
	 * import supertest from 'supertest';
	 *
	 * const app = new Koa().use(ctx => {
	 * 	ctx.body = ctx.method;
	 * });
	 * const client = createClient(supertest(app.callback()));
	 * const {response} = await client.visit('/users/1', {method: 'delete'});
	 * console.log(response.text); // DELETE
	 */
	readonly method?: VisitMethod;
	/**
	 * The body, which is sent as JSON. A GET has no body: put its data into the query of the path.
	 *
	 * @default `{}`, as the client sends it, and no body for a GET
	 * @example
	 * import {bodyParser} from '@koa/bodyparser';
	 * import Koa from 'koa';
	 * import {createClient} from 'koa-inertia/testing';
	 * import supertest from 'supertest';
	 *
	 * const app = new Koa().use(bodyParser()).use(ctx => {
	 * 	ctx.body = ctx.request.body;
	 * });
	 * const client = createClient(supertest(app.callback()));
	 * const {response} = await client.visit('/users', {method: 'post', data: {name: 'Ada'}});
	 * console.log(response.text); // {"name":"Ada"}
	 */
	readonly data?: object;
}

/** The options of `client.validate()`. */
export interface ValidateOptions extends OpenOptions {
	/**
	 * The method by which the form is sent. Use it for a form that changes something, which is often a PUT or a PATCH.
	 *
	 * @default `'post'`
	 * @example
	 * import {bodyParser} from '@koa/bodyparser';
	 * import Koa from 'koa';
	 * import {inertia} from 'koa-inertia';
	 * import {createClient} from 'koa-inertia/testing';
	 * import supertest from 'supertest';
	 * import {z} from 'zod';
	 *
	 * const app = new Koa().use(bodyParser()).use(inertia({manifest: {'main.ts': {file: 'main.js', isEntry: true}}}));
	 * app.use(async ctx => {
	 * 	await ctx.inertia.validate(z.object({name: z.string().min(1, 'A user has a name.')}));
	 * });
	 * const client = createClient(supertest(app.callback()));
	 * const {errors} = await client.validate('/users/1', {method: 'put', data: {name: ''}});
	 * console.log(errors); // {name: ['A user has a name.']}
	 */
	readonly method?: VisitMethod;
	/**
	 * The values of the fields by their names. They are sent as JSON, or in the query by a GET or a DELETE.
	 *
	 * @default `{}`
	 * @example
	 * import {bodyParser} from '@koa/bodyparser';
	 * import Koa from 'koa';
	 * import {inertia} from 'koa-inertia';
	 * import {createClient} from 'koa-inertia/testing';
	 * import supertest from 'supertest';
	 * import {z} from 'zod';
	 *
	 * const app = new Koa().use(bodyParser()).use(inertia({manifest: {'main.ts': {file: 'main.js', isEntry: true}}}));
	 * app.use(async ctx => {
	 * 	await ctx.inertia.validate(z.object({email: z.email('This is no address.')}));
	 * });
	 * const client = createClient(supertest(app.callback()));
	 * const {errors} = await client.validate('/users', {data: {email: 'ada'}});
	 * console.log(errors); // {email: ['This is no address.']}
	 */
	readonly data?: object;
	/**
	 * Dotted paths of the fields to validate. A `*` stands for any name. Use it as a form does that validates one field
	 * after the other.
	 *
	 * @default all fields
	 * @example
	 * import {bodyParser} from '@koa/bodyparser';
	 * import Koa from 'koa';
	 * import {inertia} from 'koa-inertia';
	 * import {createClient} from 'koa-inertia/testing';
	 * import supertest from 'supertest';
	 * import {z} from 'zod';
	 *
	 * const app = new Koa().use(bodyParser()).use(inertia({manifest: {'main.ts': {file: 'main.js', isEntry: true}}}));
	 * app.use(async ctx => {
	 * 	await ctx.inertia.validate(z.object({name: z.string(), email: z.email('This is no address.')}));
	 * });
	 * const client = createClient(supertest(app.callback()));
	 * const {errors} = await client.validate('/users', {data: {email: 'ada'}, only: ['email']});
	 * console.log(errors); // {email: ['This is no address.']}
	 */
	readonly only?: readonly string[];
}
