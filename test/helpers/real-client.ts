import path from 'node:path';
import {bodyParser} from '@koa/bodyparser';
import type {ExecutionContext, TestFn} from 'ava';
import type Koa from 'koa';
import type {Context} from 'koa';
import type {InertiaOptions, PageObject} from 'koa-inertia';
import type {Manifest} from 'koa-inertia/assets';
import {createSession} from 'koa-session';
import type {Browser, Page} from 'playwright-core';
import {build} from 'vite';
import {createApp} from './app.ts';
import {launchBrowser, openTab} from './browser.ts';

/** What the server was asked for: `document` or `visit` with the url, and the lists that came in headers. */
export type Asked = Readonly<Record<string, string>>;

/** A page as the client gave it to be shown: with the props that it merged or kept. */
export type ShownPage = PageObject & {readonly props: Readonly<Record<string, unknown>>};

/** Options of the client's `router.visit()` and `router.reload()`, as far as these tests need them. */
export interface ClientVisit {
	readonly only?: readonly string[];
	readonly except?: readonly string[];
	readonly reset?: readonly string[];
	readonly data?: Readonly<Record<string, unknown>>;
	/** The page component to show at once, before the answer is there. */
	readonly component?: string;
	readonly method?: 'get' | 'post' | 'put' | 'patch' | 'delete';
	readonly errorBag?: string;
	/** The props to show until the answer is there. */
	readonly optimistic?: Readonly<Record<string, unknown>>;
}

/** What a form knows of its fields. */
export interface FormState {
	readonly errors: Readonly<Record<string, string>>;
	readonly valid: readonly string[];
	readonly touched: readonly string[];
}

export interface RealClient {
	readonly page: Page;
	/** The server's URL, without a slash at its end. */
	readonly origin: string;
	/** What the server was asked for, in the order of arrival, assets aside. */
	readonly requests: readonly Asked[];
	/** What the tab threw or wrote as an error. */
	readonly errors: readonly string[];
	/** What the server reported. */
	readonly serverErrors: readonly unknown[];
	/** Every page that was shown since the document was loaded. */
	getShown(): Promise<ShownPage[]>;
	/** The props that the document shows now. */
	getProps(): Promise<Readonly<Record<string, unknown>>>;
	/** The ids of the list that the document shows now. */
	getItems(): Promise<string[]>;
	getScrollState(): Promise<{hasPrevious: boolean; hasNext: boolean; requestCount: number}>;
	/** Sets the clock of the tab, in epoch milliseconds. It stands still from then on. */
	setTime(time: number): Promise<void>;
	/** Scrolls as far as it goes now. */
	scrollTo(end: 'top' | 'bottom'): Promise<void>;
	/** Reloads in the background, and waits until the answer is shown. */
	reload(options?: ClientVisit): Promise<void>;
	/** Visits another page, and waits until the answer is shown. */
	visit(url: string, options?: ClientVisit): Promise<void>;
	/** Sends a visit, and waits for nothing. */
	send(url: string, options?: ClientVisit): Promise<void>;
	/** Sends a visit that leads to another document, and waits until its page is shown. */
	leave(url: string, options?: ClientVisit): Promise<void>;
	/** Loads the page that is shown anew. */
	loadAgain(): Promise<void>;
	/** Goes through the history, and waits for a page of that component. */
	go(steps: -1 | 1, component: string): Promise<void>;
	/** Loads a page ahead, as a link does that the mouse is over. */
	prefetch(url: string): Promise<void>;
	/** What the client's event or the callback of a visit of that name was given, in order, of every document. */
	getEvents(name: string): Promise<unknown[]>;
	/** What the history holds of the page that is shown: the page, or its encrypted bytes as text. */
	getHistory(): Promise<string | ShownPage>;
	createForm(method: 'post' | 'put', url: string, data: object): Promise<void>;
	touch(fields: readonly string[]): Promise<void>;
	/** Validates one field of the form, or all that were touched, and waits for the answer. */
	validate(data: object, field?: string): Promise<FormState>;
}

/** Pages by their path, or by method and path: `POST /save`. */
export type Pages = Readonly<Record<string, (ctx: Context) => unknown>>;
type SetUp = (app: Koa) => void;
type OpenClient = (
	t: ExecutionContext,
	url: string,
	pages: Pages,
	options?: InertiaOptions,
	setUp?: SetUp,
) => Promise<RealClient>;

interface Bundle {
	readonly manifest: Manifest;
	/** Code by its URL. */
	readonly code: ReadonlyMap<string, string>;
}

/** What a request says beside its url. */
const headerNames = {
	only: 'x-inertia-partial-data',
	except: 'x-inertia-partial-except',
	reset: 'x-inertia-reset',
	loaded: 'x-inertia-except-once-props',
	intent: 'x-inertia-infinite-scroll-merge-intent',
	bag: 'x-inertia-error-bag',
	purpose: 'purpose',
	validateOnly: 'precognition-validate-only',
};

/**
 * Gives a function that opens a page with the client of `@inertiajs/core`, as it is published: in a browser, which all
 * tests of a file share, and in a tab of its own.
 */
export function setUpClient(test: TestFn): OpenClient {
	const closings: Array<() => unknown> = [];
	let browser: Browser;
	let bundle: Bundle;

	test.before(async () => {
		// A hook has no teardown of its own, and a browser for each test takes longer than the tests.
		const hook: Pick<ExecutionContext, 'teardown'> = {
			teardown(close) {
				closings.push(close);
			},
		};
		[browser, bundle] = await Promise.all([launchBrowser(hook), bundleClient()]);
	});

	test.after.always(async () => {
		for (const close of closings) await close();
	});

	return async (t, url, pages, options, setUp = useSession) => {
		const requests: Asked[] = [];
		const handler = async (ctx: Context): Promise<void> => {
			const code = bundle.code.get(ctx.path);
			const answer = pages[`${ctx.method} ${ctx.path}`] ?? pages[ctx.path];
			if (code !== undefined) {
				ctx.type = 'js';
				ctx.body = code;
			} else if (answer) {
				requests.push(readRequest(ctx));
				await answer(ctx);
			} else {
				// A browser asks for an icon, and writes an error when there is none.
				ctx.status = 204;
			}
		};
		const server = await createApp(t, {manifest: bundle.manifest, hotFile: false, ...options}, handler, setUp);

		const {page, errors} = await openTab(browser);
		t.teardown(() => page.close());
		const load = async (navigate: () => Promise<unknown>): Promise<void> => {
			await navigate();
			// The document's script is a module, so it has run when the document is loaded, and the page is shown soon.
			await page.waitForFunction('client.shown.length > 0');
		};
		await load(() => page.goto(server.url + url));
		const send: RealClient['send'] = (target, visit = {}) =>
			page.evaluate(`client.send('${target}', ${JSON.stringify(visit)})`);

		return {
			page,
			origin: server.url,
			requests,
			errors,
			serverErrors: server.errors,
			getShown: () => page.evaluate('client.shown'),
			getProps: () => page.evaluate('client.readProps()'),
			getItems: () => page.evaluate('client.readItems()'),
			getScrollState: () => page.evaluate('client.getScrollState()'),
			setTime: time => page.clock.setFixedTime(time),
			scrollTo: end => page.evaluate(`scrollTo(0, ${end === 'top' ? 0 : 'document.body.scrollHeight'})`),
			reload: (visit = {}) => page.evaluate(`client.reload(${JSON.stringify(visit)})`),
			visit: (target, visit = {}) => page.evaluate(`client.visit('${target}', ${JSON.stringify(visit)})`),
			send,
			leave: (target, visit) => load(() => Promise.all([page.waitForEvent('load'), send(target, visit)])),
			loadAgain: () => load(() => page.reload()),
			go: async (steps, component) => {
				const count: number = await page.evaluate('client.shown.length');
				await page.evaluate(`history.go(${steps})`);
				await page.waitForFunction(
					`client.shown.length > ${count} && client.shown.at(-1).component === '${component}'`,
				);
			},
			prefetch: target => page.evaluate(`client.prefetch('${target}')`),
			getEvents: async name => {
				const events: Array<[string, unknown]> = await page.evaluate('client.readEvents()');
				return events.filter(([eventName]) => eventName === name).map(([, value]) => value);
			},
			getHistory: () => page.evaluate('client.readHistory()'),
			createForm: (...values) => page.evaluate(`client.createForm(...${JSON.stringify(values)})`),
			touch: fields => page.evaluate(`client.touch(${JSON.stringify(fields)})`),
			validate: (...values) => page.evaluate(`client.validate(...${JSON.stringify(values)})`),
		};
	};
}

/** Sessions in a cookie, and parsed bodies: what an app has before the middleware if it doesn't say otherwise. */
export function useSession(app: Koa): void {
	app.keys = ['a key for tests'];
	app.use(createSession({}, app));
	app.use(bodyParser());
}

async function bundleClient(): Promise<Bundle> {
	const result = await build({
		root: import.meta.dirname,
		configFile: false,
		logLevel: 'warn',
		build: {
			write: false,
			manifest: true,
			// So that an error of the client names the function that it comes from.
			minify: false,
			rolldownOptions: {input: path.join(import.meta.dirname, 'real-client-entry.js')},
		},
	});
	if (Array.isArray(result) || !('output' in result)) throw new Error('Vite gave something else than one build');
	const manifest = result.output.find(({fileName}) => fileName === '.vite/manifest.json');
	if (manifest?.type !== 'asset') throw new Error('Vite gave no manifest');
	const chunks = result.output.filter(output => output.type === 'chunk');
	return {
		manifest: JSON.parse(String(manifest.source)),
		code: new Map(chunks.map(({fileName, code}) => [`/${fileName}`, code])),
	};
}

function readRequest(ctx: Context): Asked {
	const kind =
		ctx.get('x-inertia') === 'true' ? 'visit' : ctx.get('precognition') === 'true' ? 'validation' : 'document';
	const lists = Object.entries(headerNames).filter(([, header]) => ctx.get(header) !== '');
	return {
		[kind]: ctx.url,
		...(ctx.method !== 'GET' && {method: ctx.method}),
		...Object.fromEntries(lists.map(([name, header]) => [name, ctx.get(header)])),
	};
}
