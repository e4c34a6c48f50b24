import test from 'ava';
import type {Page} from 'playwright-core';
import {launchBrowser, openTab} from '../helpers/browser.ts';
import {startExample} from '../helpers/example-application.ts';
import {buildExample} from '../helpers/example-build.ts';
import {account, signIn} from '../helpers/example-page.ts';
import {waitFor} from '../helpers/wait-for.ts';

const secret = 'Lay on the jetty until the dew came.';

test.serial('the diary asks for a sign-in, and begins a new session with it', async t => {
	const example = await startExample(t, await buildExample(t));
	const {page, documents, errors, forget} = await openTab(await launchBrowser(t));

	await page.goto(`${example.url}/stars/vega`);
	t.deepEqual(await page.context().cookies(), []);
	forget();

	await page.getByRole('link', {name: 'Write an entry'}).click();
	await page.getByRole('heading', {name: 'Sign in to the diary'}).waitFor();
	t.is(page.url(), `${example.url}/sign-in`);
	t.is(await page.getByText('Signed in as').count(), 0);
	const before = await readSession(page);
	t.deepEqual(before.content.wantedUrl, '/diary/new?star=vega');

	// What the page says is what works.
	await page.getByText(`To try it, take ${account.email} and ${account.password}.`).waitFor();
	await page.getByLabel('Email').fill('annie');
	await page.getByRole('button', {name: 'Sign in'}).click();
	await page.getByText('This is not an email address.').waitFor();
	await page.getByText('Write the password.').waitFor();
	await page.locator('[name=email]:focus').waitFor();

	for (const [email, password] of [
		[account.email, 'last light'],
		['nobody@nightbook.example', account.password],
	] as const) {
		await page.getByLabel('Email').fill(email);
		await page.getByLabel('Password').fill(password);
		await page.getByRole('button', {name: 'Sign in'}).click();
		await page.getByText('Email and password don’t belong together.').waitFor();
		await waitFor(async () => (await page.getByLabel('Password').inputValue()) === '');
		t.is(await page.getByLabel('Email').inputValue(), email);
	}

	await page.getByLabel('Email').fill(account.email);
	await page.getByLabel('Password').fill(account.password);
	await page.getByRole('button', {name: 'Sign in'}).click();
	await page.getByText('Welcome back, Annie.').waitFor();
	await page.getByText('Signed in as Annie').waitFor();
	t.is(page.url(), `${example.url}/diary/new?star=vega`);

	const after = await readSession(page);
	t.true(after.httpOnly);
	t.is(after.sameSite, 'Lax');
	t.is(typeof after.content.userId, 'number');
	t.false('wantedUrl' in after.content);

	// Whoever knows the session of before is nobody, and one that isn't signed with the key is none.
	const {userId} = after.content;
	const forged = Buffer.from(JSON.stringify({userId, _expire: Date.now() + 60_000, _maxAge: 60_000})).toString(
		'base64',
	);

	for (const cookie of [
		before.header,
		`nightbook=${forged}`,
		`nightbook=${forged}; nightbook.sig=${after.signature}`,
	]) {
		const answer = await fetch(`${example.url}/diary`, {headers: {Cookie: cookie}, redirect: 'manual'});
		t.is(answer.status, 302);
		t.is(answer.headers.get('Location'), '/sign-in');
	}

	const validation = {method: 'PUT', headers: {Precognition: 'true'}, redirect: 'manual'} as const;
	t.is((await fetch(`${example.url}/diary/3`, validation)).status, 401);

	const answer = await fetch(`${example.url}/diary`, {headers: {Cookie: after.header}, redirect: 'manual'});
	t.is(answer.status, 200);
	t.is(answer.headers.get('Cache-Control'), 'no-store');
	t.deepEqual(documents, []);
	t.deepEqual(errors, []);
});

test.serial('after the sign-out nobody reads the diary in the history of the browser', async t => {
	const example = await startExample(t, await buildExample(t));
	const {page, documents, errors, forget} = await openTab(await launchBrowser(t));

	await signIn(page, `${example.url}/diary`);
	await page.getByRole('link', {name: 'About'}).click();
	await page.getByRole('heading', {name: 'How this page stays up to date'}).waitFor();
	t.true((await readHistory(page)).text.includes('"component":"About"'));

	await page.getByRole('link', {name: 'Diary'}).click();
	await page.getByText(secret).waitFor();
	t.like(await readHistory(page), {isEncrypted: true});
	await page.getByRole('link', {name: 'Vega'}).click();
	await page.waitForURL(`${example.url}/diary/3`);
	await page.getByText(secret).waitFor();
	const entry = await readHistory(page);
	t.true(entry.isEncrypted);
	t.true(entry.size > 100);
	t.notRegex(entry.text, /jetty|Vega|Diary/);
	forget();

	// Encrypted is not lost: as long as somebody is signed in, the history works, and asks nobody.
	await page.goBack();
	await page.getByRole('heading', {name: 'Diary'}).waitFor();
	await page.goForward();
	await page.getByRole('heading', {name: 'Vega'}).waitFor();
	await page.getByText(secret).waitFor();

	await page.getByRole('button', {name: 'Sign out'}).click();
	await page.getByText('You are signed out. Clear skies!').waitFor();
	t.is(page.url(), `${example.url}/sign-in`);
	await watchFor(page, secret);

	const signInHeading = page.getByRole('heading', {name: 'Sign in to the diary'});

	for (const [index, path] of ['/diary/3', '/diary'].entries()) {
		const asked = page.waitForResponse(`${example.url}${path}`);
		await page.goBack({waitUntil: 'commit'});
		t.is((await asked).headers().location, '/sign-in');
		await waitFor(() => page.evaluate<boolean>(`window.finished === ${index + 1}`));
		await signInHeading.waitFor();
	}

	// What is for everybody is still there.
	await page.goBack();
	await page.getByRole('heading', {name: 'How this page stays up to date'}).waitFor();

	for (const path of ['/diary', '/diary/3', '/sign-in']) {
		await page.goForward({waitUntil: 'commit'});
		await signInHeading.waitFor();
		t.notRegex((await readHistory(page)).text, /jetty/, path);
	}

	t.is(page.url(), `${example.url}/sign-in`);
	t.false(await page.evaluate('window.wasShown'));
	t.deepEqual(documents, []);

	// A document would be as bad.
	await page.goto(`${example.url}/diary/3`);
	await page.getByRole('heading', {name: 'Sign in to the diary'}).waitFor();
	t.notRegex(await page.content(), /jetty/);

	await signIn(page, `${example.url}/diary/3`);
	await page.getByText(secret).waitFor();
	t.deepEqual(errors, []);
});

type Session = {readonly userId?: number; readonly wantedUrl?: string};

async function readSession(page: Page) {
	const cookies = await page.context().cookies();
	const session = cookies.find(({name}) => name === 'nightbook');
	const content: Session = JSON.parse(Buffer.from(session?.value ?? '', 'base64').toString());
	return {
		content,
		httpOnly: session?.httpOnly,
		sameSite: session?.sameSite,
		signature: cookies.find(({name}) => name === 'nightbook.sig')?.value,
		header: cookies.map(({name, value}) => `${name}=${value}`).join('; '),
	};
}

/** What somebody finds who looks into `history.state`. */
async function readHistory(page: Page): Promise<{isEncrypted: boolean; size: number; text: string}> {
	return page.evaluate(`(() => {
		const {page} = history.state;
		const isEncrypted = page instanceof ArrayBuffer;
		const text = isEncrypted ? new TextDecoder().decode(page) : '';
		return {isEncrypted, size: page.byteLength ?? 0, text: text + JSON.stringify(history.state)};
	})()`);
}

/** Notes in `window.wasShown` whether a text was in the page, be it for a moment, and counts visits that ended. */
async function watchFor(page: Page, text: string) {
	await page.evaluate(`{
		window.wasShown = false;
		window.finished = 0;
		document.addEventListener('inertia:finish', () => window.finished++);
		new MutationObserver(() => {
			window.wasShown ||= document.body.textContent.includes(${JSON.stringify(text)});
		}).observe(document.body, {childList: true, subtree: true, characterData: true});
	}`);
}
