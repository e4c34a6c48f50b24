import path from 'node:path';
import type {ExecutionContext, TestFn} from 'ava';
import type {Context} from 'koa';
import type {InertiaOptions, PageObject} from 'koa-inertia';
import type {Manifest} from 'koa-inertia/assets';
import type {Browser} from 'playwright-core';
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
	readonly data?: Readonly<Record<string, string | number>>;
	/** The page component to show at once, before the answer is there. */
	readonly component?: string;
}

export interface RealClient {
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
}

/** Pages by their path. */
export type Pages = Readonly<Record<string, (ctx: Context) => Promise<void>>>;
type OpenClient = (t: ExecutionContext, url: string, pages: Pages, options?: InertiaOptions) => Promise<RealClient>;

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

	return async (t, url, pages, options) => {
		const requests: Asked[] = [];
		const server = await createApp(t, {manifest: bundle.manifest, hotFile: false, ...options}, async ctx => {
			const code = bundle.code.get(ctx.path);
			const renderPage = pages[ctx.path];
			if (code !== undefined) {
				ctx.type = 'js';
				ctx.body = code;
			} else if (renderPage) {
				requests.push(readRequest(ctx));
				await renderPage(ctx);
			} else {
				// A browser asks for an icon, and writes an error when there is none.
				ctx.status = 204;
			}
		});

		const {page, errors} = await openTab(browser);
		t.teardown(() => page.close());
		await page.goto(server.url + url);
		// The document's script is a module, so it has run when the document is loaded, and the page is shown soon.
		await page.waitForFunction('client.shown.length > 0');

		return {
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
		};
	};
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
	const isVisit = ctx.get('x-inertia') === 'true';
	const lists = Object.entries(headerNames).filter(([, header]) => ctx.get(header) !== '');
	return {
		[isVisit ? 'visit' : 'document']: ctx.url,
		...Object.fromEntries(lists.map(([name, header]) => [name, ctx.get(header)])),
	};
}
