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

/** The account that the example shows on its page to sign in. */
export const account = {email: 'annie@nightbook.example', password: 'first light'};

/** Signs in with the form, from a private page that was asked for. */
export async function signIn(page: Page, url: string) {
	await page.goto(url);
	await page.getByLabel('Email').fill(account.email);
	await page.getByLabel('Password').fill(account.password);
	await page.getByRole('button', {name: 'Sign in'}).click();
	await page.getByText('Welcome back, Annie.').waitFor();
}

/** Signs in without a browser. Gives the cookies to send along from then on. */
export async function signInByFetch(url: string): Promise<string> {
	const answer = await send(`${url}/sign-in`, account);
	return answer.headers
		.getSetCookie()
		.map(cookie => cookie.split(';')[0])
		.join('; ');
}

/** Writes into the diary, as another tab would. */
export async function writeEntry(url: string, entry: Readonly<Record<'starId' | 'night' | 'notes', string>>) {
	await send(`${url}/diary`, entry, await signInByFetch(url));
}

async function send(url: string, body: object, cookie = '') {
	const answer = await fetch(url, {
		method: 'POST',
		headers: {'Content-Type': 'application/json', Cookie: cookie},
		body: JSON.stringify(body),
		redirect: 'manual',
	});

	if (answer.status !== 302 || !/\/diary/.test(answer.headers.get('Location') ?? '')) {
		throw new Error(`${url} answered with ${answer.status} and ${answer.headers.get('Location')}`);
	}

	return answer;
}
