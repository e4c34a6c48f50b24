import type {ExecutionContext} from 'ava';
import {type Browser, chromium, type Page, type Request, type Response} from 'playwright-core';
import {findBrowser} from '../tools/browser.ts';

export type Tab = {
	readonly page: Page;
	/** Full loads, in order. */
	readonly documents: Request[];
	/** Answers with status 409. */
	readonly refusals: Response[];
	/** Inertia visits that were answered with a page. */
	readonly visits: Response[];
	/** What the page threw or wrote as an error. */
	readonly errors: string[];
	/** Starts to count anew. */
	forget(): void;
};

/** `flags` are for Chromium itself. */
export async function launchBrowser(
	t: Pick<ExecutionContext, 'teardown'>,
	flags: readonly string[] = [],
): Promise<Browser> {
	const browser = await chromium.launch({
		executablePath: await findBrowser(),
		headless: true,
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-background-networking',
			'--disable-quic',
			'--no-first-run',
			'--disable-component-update',
			'--disable-sync',
			...flags,
		],
	});

	t.teardown(() => browser.close());

	return browser;
}

export async function openTab(browser: Browser): Promise<Tab> {
	const page = await browser.newPage();
	page.setDefaultTimeout(20_000);

	const documents: Request[] = [];
	const refusals: Response[] = [];
	const visits: Response[] = [];
	const errors: string[] = [];

	page.on('request', request => {
		if (request.resourceType() === 'document') {
			documents.push(request);
		}
	});

	page.on('response', response => {
		if (response.status() === 409) {
			refusals.push(response);
		}

		if (response.headers()['x-inertia'] === 'true') {
			visits.push(response);
		}
	});

	page.on('pageerror', error => {
		errors.push(String(error));
	});

	page.on('console', message => {
		// Chromium reports every refused request by itself; `refusals` counts those.
		if (message.type() === 'error' && !/status of (409|422) /.test(message.text())) {
			errors.push(message.text());
		}
	});

	return {
		page,
		documents,
		refusals,
		visits,
		errors,
		forget() {
			for (const list of [documents, refusals, visits, errors]) {
				list.length = 0;
			}
		},
	};
}
