import test from 'ava';
import {launchBrowser, openTab} from '../helpers/browser.ts';
import {type RunningExample, startExample} from '../helpers/example-application.ts';
import {buildExample} from '../helpers/example-build.ts';
import {readEmbeddedPage, signInByFetch} from '../helpers/example-page.ts';

const secret = 'The telescope fell over.';
const withoutReports = /status of (404|500) /;

test.serial('an unknown address is answered with a page, and a missing file without one', async t => {
	const example = await startExample(t, await buildExample(t));
	const {page, documents, visits, errors} = await openTab(await launchBrowser(t));

	for (const path of ['/stars/nowhere', '/nowhere', '/stars/vega/edit']) {
		const answer = await page.goto(`${example.url}${path}`);
		await page.getByRole('heading', {name: 'Only dark sky here'}).waitFor();
		t.is(answer?.status(), 404);
		t.is(answer?.headers()['cache-control'], 'no-cache');
		t.like(await readEmbeddedPage(page), {component: 'Error', url: path});
		await page.getByText('3 of 24 seen').waitFor();
	}

	await page.getByRole('link', {name: 'About'}).click();
	await page.getByRole('link', {name: 'that nobody knows'}).click();
	await page.getByRole('heading', {name: 'Only dark sky here'}).waitFor();
	t.is(page.url(), `${example.url}/nowhere`);
	t.is(visits.at(-1)?.status(), 404);
	t.is(await page.title(), 'Only dark sky here · Nightbook');
	await page.getByRole('link', {name: 'Back to the stars'}).click();
	await page.getByText('24 stars', {exact: true}).waitFor();
	t.is(documents.length, 3);
	t.deepEqual(
		errors.filter(error => !withoutReports.test(error)),
		[],
	);

	for (const path of ['/build/assets/main-00000000.js', '/build/.vite/manifest.json']) {
		const file = await fetch(`${example.url}${path}`);
		t.is(file.status, 404);
		t.is(await file.text(), 'Not Found');
	}
});

test.serial('a failure in production is a page that tells nothing of it', async t => {
	const example = await startExample(t, await buildExample(t));
	const reported = expectFailures(example, 'production');
	const {page, visits, errors} = await openTab(await launchBrowser(t));

	const answer = await page.goto(`${example.url}/broken`);
	await page.getByRole('heading', {name: 'Clouds came up'}).waitFor();
	t.is(answer?.status(), 500);
	t.notRegex((await answer?.text()) ?? '', /telescope/);
	t.like(await readEmbeddedPage(page), {component: 'Error', props: {status: 500, message: 'Internal Server Error'}});

	await page.getByRole('link', {name: 'About'}).click();
	await page.getByRole('link', {name: 'that fails'}).click();
	await page.getByRole('heading', {name: 'Clouds came up'}).waitFor();
	t.is(visits.at(-1)?.status(), 500);
	t.notRegex((await visits.at(-1)?.text()) ?? '', /telescope/);
	t.is(await page.locator('dialog').count(), 0);
	await page.getByText('3 of 24 seen').waitFor();

	await page.goBack();
	await page.getByRole('heading', {name: 'How this page stays up to date'}).waitFor();

	// Where what is shared with every page fails, the page goes without.
	example.replace('progress', () => () => {
		throw new Error('The disk is full.');
	});
	await page.getByRole('link', {name: 'Stars', exact: true}).click();
	await page.getByRole('heading', {name: 'Clouds came up'}).waitFor();
	t.is(await page.getByText('3 of 24 seen').count(), 0);
	await page.reload();
	await page.getByRole('heading', {name: 'Clouds came up'}).waitFor();
	t.notRegex(await page.content(), /disk/);
	t.deepEqual(reported().slice(0, 2), [secret, secret]);
	t.deepEqual(
		errors.filter(error => !withoutReports.test(error)),
		[],
	);
});

test.serial('a failure in development is shown in the dialog of the client', async t => {
	const example = await startExample(t, await buildExample(t));
	const reported = expectFailures(example, 'development');
	const {page, errors} = await openTab(await launchBrowser(t));

	await page.goto(`${example.url}/about`);
	await page.getByRole('link', {name: 'that fails'}).click();
	const dialog = page.frameLocator('dialog iframe');
	await dialog.getByRole('heading', {name: secret}).waitFor();
	await dialog.getByText('routes.ts').first().waitFor();
	t.is(page.url(), `${example.url}/about`);

	await page.keyboard.press('Escape');
	await page.locator('dialog').waitFor({state: 'detached'});
	await page.getByRole('link', {name: 'that nobody knows'}).click();
	await page.getByRole('heading', {name: 'Only dark sky here'}).waitFor();

	const answer = await page.goto(`${example.url}/broken`);
	t.is(answer?.status(), 500);
	await page.getByRole('heading', {name: secret}).waitFor();
	t.deepEqual(reported(), [secret, secret]);
	t.deepEqual(
		errors.filter(error => !withoutReports.test(error)),
		[],
	);
});

test.serial('a form of another site is refused, whoever is signed in', async t => {
	const example = await startExample(t, await buildExample(t));
	const Cookie = await signInByFetch(example.url);
	const send = (headers: Record<string, string>, path = '/diary') =>
		fetch(`${example.url}${path}`, {
			method: 'POST',
			headers: {Cookie, Accept: 'text/html', 'Content-Type': 'application/x-www-form-urlencoded', ...headers},
			body: new URLSearchParams({starId: 'vega', night: '2025-03-01', notes: 'Not mine.'}),
			redirect: 'manual',
		});

	const foreign: Array<Record<string, string>> = [
		{Origin: 'https://evil.example'},
		{Origin: 'null'},
		{Origin: example.url, 'Sec-Fetch-Site': 'cross-site'},
		{'Sec-Fetch-Site': 'same-site'},
	];

	for (const headers of foreign) {
		const answer = await send(headers);
		t.is(answer.status, 403);
		t.true((await answer.text()).includes('The request came from another site.'));
	}

	t.is((await send({Origin: 'https://evil.example'}, '/sign-out')).status, 403);
	t.is(example.readDiary().length, 3);

	const answer = await send({Origin: example.url, 'Sec-Fetch-Site': 'same-origin'});
	t.is(answer.headers.get('Location'), '/diary/4');
	t.is(example.readDiary().length, 4);
});

/** Runs the example as in that environment. Gives the messages of the errors that it reported. */
function expectFailures({app}: RunningExample, env: string) {
	const messages: string[] = [];
	app.env = env;
	app.silent = true;
	app.on('error', (error: Error) => {
		messages.push(error.message);
	});
	return () => messages;
}
