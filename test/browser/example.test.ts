import test from 'ava';
import {launchBrowser, openTab} from '../helpers/browser.ts';
import {startExample} from '../helpers/example-application.ts';
import {buildExample} from '../helpers/example-build.ts';
import {waitFor} from '../helpers/wait-for.ts';

test.serial('the example lists, finds, shows and explains, with one full load', async t => {
	const example = await startExample(t, await buildExample(t));
	const {page, documents, visits, errors} = await openTab(await launchBrowser(t));
	const rows = page.locator('.stars li');

	await page.goto(example.url);
	await rows.first().waitFor();
	t.is(await rows.count(), 24);
	await waitForTitle('Stars · Nightbook');
	await page.getByText('3 of 24 seen').waitFor();

	await page.getByRole('searchbox').pressSequentially('orion');
	await page.getByText('2 of 24 stars').waitFor();
	t.deepEqual(await rows.locator('strong').allTextContents(), ['Rigel', 'Betelgeuse']);
	t.is(page.url(), `${example.url}/?search=orion`);
	t.is(await page.locator('.sky a').count(), 24);

	await rows.getByText('Betelgeuse').click();
	await page.getByRole('heading', {name: 'Betelgeuse'}).waitFor();
	await page.getByRole('heading', {name: 'Not seen yet'}).waitFor();
	await waitForTitle('Betelgeuse · Nightbook');

	await page.getByRole('link', {name: /Next in brightness: Hadar/}).click();
	await page.getByRole('heading', {name: 'Hadar'}).waitFor();

	await page.getByRole('link', {name: 'About'}).click();
	await page.getByRole('heading', {name: 'How this page stays up to date'}).waitFor();
	await page.locator('li code', {hasText: example.assets.version}).waitFor();

	await page.goBack();
	await page.getByRole('heading', {name: 'Hadar'}).waitFor();

	t.is(documents.length, 1);
	t.true(visits.every(visit => visit.headers()['x-inertia-version'] === example.assets.version));
	t.deepEqual(errors, []);

	await page.reload();
	await page.getByRole('heading', {name: 'Hadar'}).waitFor();
	t.deepEqual(errors, []);

	// The client writes the title a moment after the page.
	async function waitForTitle(title: string) {
		// Not by `waitForFunction`, which asks again by `eval`: the policy of the example forbids it.
		await waitFor(async () => (await page.title()) === title);
	}
});

test.serial('the example lets browsers keep hashed files and ask again for documents', async t => {
	const example = await startExample(t, await buildExample(t));
	const {page, errors} = await openTab(await launchBrowser(t));
	const files = new Map<string, string | undefined>();

	page.on('response', response => {
		const {pathname} = new URL(response.url());

		if (pathname.startsWith('/build/')) {
			files.set(pathname, response.headers()['cache-control']);
		}
	});

	const document = await page.goto(example.url);
	await page.locator('.stars li').first().waitFor();

	t.is(document?.headers()['cache-control'], 'no-cache');
	t.regex([...files.keys()].join('\n'), /^\/build\/assets\/main-[\w-]+\.js$/m);
	t.regex([...files.keys()].join('\n'), /^\/build\/assets\/main-[\w-]+\.css$/m);
	// The page that's shown is a file of its own, and the others aren't there yet.
	t.regex([...files.keys()].join('\n'), /^\/build\/assets\/Index-[\w-]+\.js$/m);
	t.notRegex([...files.keys()].join('\n'), /\/About-/);
	t.deepEqual(new Set(files.values()), new Set(['public, max-age=31536000, immutable']));

	await page.getByRole('link', {name: 'About'}).click();
	await page.getByRole('heading', {name: 'How this page stays up to date'}).waitFor();
	t.regex([...files.keys()].join('\n'), /^\/build\/assets\/About-[\w-]+\.js$/m);
	t.deepEqual(errors, []);
});
