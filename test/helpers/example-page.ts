import type {PageObject} from 'koa-inertia';
import type {Page, Response} from 'playwright-core';

/** The page that came with the document. */
export async function readEmbeddedPage(page: Page): Promise<PageObject> {
	return JSON.parse((await page.locator('script[data-page]').textContent()) ?? '');
}

/** What went over the wire for a visit of the client, without what every visit has. */
export async function readVisit(visit: Response | undefined) {
	if (!visit) {
		throw new Error('There was no such visit');
	}

	const headers = visit.request().headers();
	const {props, ...metadata}: PageObject = await visit.json();

	return {
		path: visit.url().replace(/^https?:\/\/[^/]+/, ''),
		asked: Object.fromEntries(
			Object.entries(headers)
				.filter(([name]) => name.startsWith('x-inertia-') && name !== 'x-inertia-version')
				.map(([name, value]) => [name.replace('x-inertia-', ''), value]),
		),
		props,
		metadata,
	};
}

/** Sends the form of a star as another tab would. */
export async function writeEntry(url: string, star: string, entry: {readonly seenOn: string; readonly notes: string}) {
	const answer = await fetch(`${url}/stars/${star}`, {
		method: 'PUT',
		headers: {'Content-Type': 'application/json'},
		body: JSON.stringify(entry),
		redirect: 'manual',
	});

	if (answer.status !== 303) {
		throw new Error(`The entry was answered with ${answer.status}`);
	}
}
