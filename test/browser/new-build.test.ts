import test from 'ava';
import type {Page, Response} from 'playwright-core';
import {launchBrowser, openTab} from '../helpers/browser.ts';
import {startExample, waitForNextVersion} from '../helpers/example-application.ts';
import {buildExample, type Change, deployBuild} from '../helpers/example-build.ts';
import {signIn} from '../helpers/example-page.ts';

const newTagline: Change = {
	file: 'source/components/layout.tsx',
	from: 'Twenty-four bright stars, and the nights you met them',
	to: 'Words of the second build',
};

/** Gives the tests the router that the page uses, to do what a poll of the page would do. */
const exposedRouter: Change = {
	file: 'source/main.tsx',
	from: `import {createInertiaApp`,
	to: `import {router} from '@inertiajs/react';\nObject.assign(window, {inertiaRouter: router});\nimport {createInertiaApp`,
};

const oldWords = /Twenty-four bright stars/;
const newWords = 'Words of the second build';

test.serial('a tab on the first build reaches the second by one 409 and one full load', async t => {
	const directory = await buildExample(t);
	const next = await buildExample(t, [newTagline]);
	const example = await startExample(t, directory);
	const {page, documents, refusals, visits, errors, forget} = await openTab(await launchBrowser(t));

	const firstDocument = await page.goto(example.url);
	await page.getByText(oldWords).waitFor();
	const firstVersion = example.assets.version;
	t.regex(firstVersion, /^[\da-f]{16}$/);
	t.deepEqual(await readDocumentVersions(page, firstDocument), allEqual(firstVersion));

	await page.getByRole('link', {name: 'About'}).click();
	await page.getByRole('heading', {name: 'How this page stays up to date'}).waitFor();
	t.deepEqual(await Promise.all(visits.map(readVisitVersions)), [{header: firstVersion, page: firstVersion}]);
	t.is(documents.length, 1);
	t.deepEqual(refusals, []);

	await deployBuild(next, directory);
	const secondVersion = await waitForNextVersion(example, firstVersion);
	t.true(await page.getByText(oldWords).isVisible());
	forget();

	await page.getByRole('link', {name: 'Stars', exact: true}).click();
	await page.getByText(newWords).waitFor();
	await page.getByRole('link', {name: /Sirius.*Canis Major/}).waitFor();

	t.is(page.url(), `${example.url}/`);
	t.is(refusals.length, 1);
	t.is(refusals[0]?.headers()['x-inertia-location'], '/');
	t.is(refusals[0]?.headers()['x-inertia-version'], secondVersion);
	t.is(documents.length, 1);
	t.is(await page.getByText(oldWords).count(), 0);
	t.deepEqual(
		await readDocumentVersions(page, (await documents[0]?.response()) ?? null),
		allEqual(example.assets.version),
	);

	await page.getByRole('link', {name: /Sirius.*Canis Major/}).click();
	await page.getByRole('heading', {name: 'Sirius'}).waitFor();

	t.is(page.url(), `${example.url}/stars/sirius`);
	t.is(refusals.length, 1);
	t.is(documents.length, 1);
	t.deepEqual(await Promise.all(visits.map(readVisitVersions)), [{header: secondVersion, page: secondVersion}]);
	t.deepEqual(errors, []);
});

test.serial('a link to a page that the second build changed leads to the address of the link', async t => {
	const directory = await buildExample(t);
	const next = await buildExample(t, [
		{file: 'source/pages/About.tsx', from: 'How this page stays up to date', to: 'A new heading'},
	]);
	const example = await startExample(t, directory);
	const {page, documents, refusals, errors, forget} = await openTab(await launchBrowser(t));

	await page.goto(`${example.url}/?search=lyra`);
	await page.getByText('1 of 24 stars').waitFor();

	await deployBuild(next, directory);
	await waitForNextVersion(example, example.assets.version);
	forget();

	await page.getByRole('link', {name: 'About'}).click();
	await page.getByRole('heading', {name: 'A new heading'}).waitFor();

	t.is(page.url(), `${example.url}/about`);
	t.is(refusals.length, 1);
	t.is(documents.length, 1);
	t.deepEqual(errors, []);
});

test.serial('a reload in the background that meets the second build leaves a half-typed form alone', async t => {
	const directory = await buildExample(t, [exposedRouter]);
	const next = await buildExample(t, [exposedRouter, newTagline]);
	const example = await startExample(t, directory);
	const {page, documents, refusals, errors, forget} = await openTab(await launchBrowser(t));

	await signIn(page, `${example.url}/diary/3/edit`);
	const notes = page.getByLabel('Notes');
	await notes.fill('Half a sentence that nobody has');

	await deployBuild(next, directory);
	await waitForNextVersion(example, example.assets.version);
	forget();

	const answer = page.waitForResponse(response => response.url() === `${example.url}/diary/3/edit`);
	// Resolves in the page that called it, so a navigation in between would reject it.
	await page.evaluate('new Promise(resolve => inertiaRouter.reload({onFinish: () => resolve()}))');

	t.is((await answer).status(), 409);
	t.is((await answer).headers()['x-inertia-version'], example.assets.version);
	t.is(refusals.length, 1);
	t.deepEqual(documents, []);
	t.is(await notes.inputValue(), 'Half a sentence that nobody has');
	t.true(await page.getByText(oldWords).isVisible());

	await page.getByRole('link', {name: 'Cancel'}).click();
	await page.getByText(newWords).waitFor();
	await page.getByRole('heading', {name: 'Vega'}).waitFor();

	t.is(page.url(), `${example.url}/diary/3`);
	t.is(refusals.length, 2);
	t.is(documents.length, 1);
	t.deepEqual(errors, []);
});

test.serial('a form that is sent from the first build is saved, and its tab reaches the second', async t => {
	const directory = await buildExample(t);
	const next = await buildExample(t, [newTagline]);
	const example = await startExample(t, directory);
	const {page, documents, refusals, errors, forget} = await openTab(await launchBrowser(t));

	await signIn(page, `${example.url}/diary/3/edit`);
	await page.getByLabel('Notes').fill('Written on the first build.');

	await deployBuild(next, directory);
	await waitForNextVersion(example, example.assets.version);
	forget();

	await page.getByRole('button', {name: 'Save'}).click();
	await page.getByText(newWords).waitFor();
	await page.getByText('Written on the first build.').waitFor();

	t.is(page.url(), `${example.url}/diary/3`);
	t.is(refusals.length, 1);
	t.is(refusals[0]?.request().method(), 'GET');
	t.is(documents.length, 1);
	t.deepEqual(errors, []);
});

const allEqual = (version: string) => ({
	header: version,
	page: version,
	meta: version,
	visible: version,
});

async function readDocumentVersions(page: Page, response: Response | null) {
	const embedded = JSON.parse((await page.locator('script[data-page]').textContent()) ?? '');

	return {
		header: response?.headers()['x-inertia-version'],
		page: embedded.version,
		meta: await page.locator('meta[name=inertia-version]').getAttribute('content'),
		visible: await page.locator('footer code').textContent(),
	};
}

async function readVisitVersions(response: Response) {
	const page: {version: string} = await response.json();
	return {header: response.headers()['x-inertia-version'], page: page.version};
}
