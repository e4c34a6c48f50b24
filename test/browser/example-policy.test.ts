import test from 'ava';
import {launchBrowser, openTab} from '../helpers/browser.ts';
import {startExample, waitForNextVersion} from '../helpers/example-application.ts';
import {buildExample, deployBuild} from '../helpers/example-build.ts';
import {account, signIn} from '../helpers/example-page.ts';
import {readStyle, watchPolicy} from '../helpers/example-policy.ts';
import {waitFor} from '../helpers/wait-for.ts';

test.serial('the pages of the example that everybody may read keep its policy', async t => {
	const example = await startExample(t, await buildExample(t));
	example.app.silent = true;
	const {page, documents} = await openTab(await launchBrowser(t));
	const refused = await watchPolicy(page);
	const isStyled = async () =>
		(await readStyle(page, '.masthead', 'display')) === 'grid' &&
		(await readStyle(page, '.colophon', 'border-top-width')) === '1px';

	const answer = await page.goto(example.url);
	t.regex(
		answer?.headers()['content-security-policy'] ?? '',
		/^script-src 'nonce-([\w+/]+={0,2})' 'strict-dynamic'; style-src 'nonce-\1'; object-src 'none'; base-uri 'none'$/,
	);
	await page.locator('.stars li').first().waitFor();
	t.true(await isStyled());
	// The size and the colour of a star are custom properties in its attribute.
	t.not(await readStyle(page, '.star', 'background-color', '::before'), 'rgba(0, 0, 0, 0)');

	await page.getByRole('searchbox').fill('orion');
	await page.getByText('2 of 24 stars').waitFor();
	await page.locator('.stars a').first().click();
	await page.getByRole('heading', {name: 'Rigel'}).waitFor();

	// A visit that takes long enough for the bar.
	await page.route('**/about', async route => {
		await new Promise(resolve => setTimeout(resolve, 800));
		await route.continue();
	});
	await page.getByRole('link', {name: 'About'}).click();
	await page.locator('#nprogress .bar').waitFor();
	t.is(await readStyle(page, '#nprogress .bar', 'position'), 'fixed');
	t.is(await readStyle(page, '#nprogress .bar', 'height'), '2px');
	await page.getByRole('heading', {name: 'How this page stays up to date'}).waitFor();

	await page.getByRole('link', {name: 'that nobody knows'}).click();
	await page.getByRole('heading', {name: 'Only dark sky here'}).waitFor();
	await page.goBack();
	await page.getByRole('link', {name: 'that fails'}).click();
	await page.getByRole('heading', {name: 'Clouds came up'}).waitFor();

	await page.getByRole('link', {name: 'Logbook'}).click();
	await page.getByRole('heading', {name: '446 sightings'}).waitFor();
	t.is(await readStyle(page, '.bars .bar', 'height'), '6px');
	const sightings = page.locator('.sighting');
	const count = await sightings.count();
	await sightings.last().scrollIntoViewIfNeeded();
	await waitFor(async () => (await sightings.count()) > count);
	t.is(documents.length, 1);

	for (const [path, status] of [
		['/stars/vega', 200],
		['/nowhere', 404],
		['/broken', 500],
		['/logbook?class=K', 200],
		['/about', 200],
	] as const) {
		t.is((await page.goto(example.url + path))?.status(), status);
		await page.locator('main h1').waitFor();
		t.true(await isStyled());
	}

	t.deepEqual(refused, []);
});

test.serial('the diary of the example keeps its policy, also when a new build comes', async t => {
	const directory = await buildExample(t);
	const next = await buildExample(t, [
		{file: 'source/pages/About.tsx', from: 'How this page stays up to date', to: 'A new heading'},
	]);
	const example = await startExample(t, directory);
	const {page, documents, refusals, forget} = await openTab(await launchBrowser(t));
	const refused = await watchPolicy(page);

	await page.goto(`${example.url}/diary`);
	await page.getByLabel('Email').fill(account.email);
	await page.getByLabel('Password').fill('last light');
	await page.getByRole('button', {name: 'Sign in'}).click();
	await page.getByText('Email and password don’t belong together.').waitFor();
	t.not(await readStyle(page, '.error:not(:empty)', 'color'), await readStyle(page, 'body', 'color'));
	await signIn(page, `${example.url}/diary/new`);
	t.is(await readStyle(page, '.toasts', 'position'), 'fixed');

	// Validated while its user types, and then sent.
	await page.getByLabel('Star', {exact: true}).selectOption('vega');
	await page.getByLabel('Night').fill('2025-08-14');
	await page.locator('.error:not(:empty)').waitFor();
	await page.getByRole('button', {name: 'Save'}).click();
	await page.locator('textarea[aria-invalid=true]').waitFor();
	await page.getByLabel('Night').fill('2025-08-15');
	await page.getByLabel('Notes').fill('Seen again.');
	await page.getByRole('button', {name: 'Save'}).click();
	await page.getByText('The night is in the diary.').waitFor();

	const photo = {name: 'sky.png', mimeType: 'image/png', buffer: await page.screenshot()};
	await page.getByLabel('Add a photo').setInputFiles(photo);
	await page.getByRole('button', {name: 'Upload'}).click();
	await page.getByText('The photo is in the diary.').waitFor();
	await waitFor(() => page.evaluate<boolean>('document.querySelector("article img").naturalWidth > 0'));

	await page.getByRole('link', {name: 'All nights'}).click();
	const favourite = page.getByRole('button', {name: 'Favourite: Sirius'});
	await favourite.click();
	await waitFor(async () => (await favourite.getAttribute('aria-pressed')) === 'true');
	await waitFor(() => example.readDiary().some(({isFavourite}) => isFavourite));

	// What is no page comes in a dialog, which brings a style of its own.
	await page.route('**/logbook', route =>
		route.fulfill({contentType: 'text/html', body: '<!doctype html><p>Words from another server</p>'}),
	);
	await page.getByRole('link', {name: 'Logbook'}).click();
	await page.frameLocator('dialog iframe').getByText('Words from another server').waitFor();
	t.is(await readStyle(page, 'dialog', 'background-color', '::backdrop'), 'rgba(0, 0, 0, 0.6)');
	await page.keyboard.press('Escape');

	const version = example.assets.version;
	await deployBuild(next, directory);
	await waitForNextVersion(example, version);
	forget();
	await page.getByRole('link', {name: 'About'}).click();
	await page.getByRole('heading', {name: 'A new heading'}).waitFor();
	t.is(refusals.length, 1);
	t.is(documents.length, 1);
	t.is(await readStyle(page, '.masthead', 'display'), 'grid');

	await page.getByRole('link', {name: 'Diary'}).click();
	await page.getByRole('button', {name: 'Sign out'}).click();
	await page.getByText('You are signed out. Clear skies!').waitFor();
	t.deepEqual(refused, []);
});

test.serial('the policy of the example refuses what somebody writes into a page', async t => {
	const attack = `<script>window.attacks.push('element')</script>
	<img src="/nothing" onerror="window.attacks.push('attribute')">
	<script src="data:text/javascript,window.attacks.push('address')"></script>
	<style>.colophon { color: rgb(1 2 3); }</style>`;
	const directory = await buildExample(t, [{file: 'views/app.njk', from: '<noscript>', to: `${attack}<noscript>`}]);
	const example = await startExample(t, directory);
	// Koa reports a connection that the browser closes.
	example.app.silent = true;
	const {page} = await openTab(await launchBrowser(t));
	const refused = await watchPolicy(page);
	await page.addInitScript('window.attacks = []');

	await page.goto(example.url);
	await page.locator('.stars li').first().waitFor();
	await waitFor(() => refused.filter(refusal => /^(script|style)-src-/.test(refusal)).length >= 4);
	t.deepEqual(await page.evaluate('window.attacks'), []);
	t.not(await readStyle(page, '.colophon', 'color'), 'rgb(1, 2, 3)');
	// The nonce isn't to be had for a stylesheet of somebody else's, which could read an attribute.
	t.is(await page.locator('script[nonce]').first().getAttribute('nonce'), '');
});
