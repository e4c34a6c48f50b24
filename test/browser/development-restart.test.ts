import {setTimeout as delay} from 'node:timers/promises';
import test from 'ava';
import {launchBrowser, openTab} from '../helpers/browser.ts';
import {copyExample} from '../helpers/example-build.ts';
import {startDevelopmentApplication, startDevServer} from '../helpers/example-development.ts';
import {signIn} from '../helpers/example-page.ts';
import {listHotFiles} from '../helpers/files.ts';

test.serial('a tab finds a dev server that was started again elsewhere, and keeps its form until then', async t => {
	const directory = await copyExample(t);
	const devServer = await startDevServer(t, directory);
	const application = await startDevelopmentApplication(t, directory);
	const {page, documents, refusals, visits, forget} = await openTab(await launchBrowser(t));

	await signIn(page, `${application.url}/diary/3/edit`);
	const notes = page.getByLabel('Notes');
	await notes.fill('Half a sentence that nobody has');
	forget();

	await devServer.end('SIGINT');
	t.deepEqual(listHotFiles(directory), []);
	const next = await startDevServer(t, directory);
	t.not(next.url, devServer.url);
	await forNextLook();
	t.is(await notes.inputValue(), 'Half a sentence that nobody has');
	t.deepEqual(documents, []);

	// A page that wasn't loaded from the first dev server.
	await page.getByRole('link', {name: 'About'}).click();
	await page.getByRole('heading', {name: 'How this page stays up to date'}).waitFor();
	t.is(page.url(), `${application.url}/about`);
	t.is(documents.length, 1);
	// None whose page could not be shown.
	t.deepEqual(visits, []);
	t.deepEqual(refusals, []);
	const addresses = await page.evaluate<string[]>(`[...document.querySelectorAll('script[src]')].map(({src}) => src)`);
	t.true(addresses.length > 0);
	t.true(addresses.every(address => address.startsWith(next.url)));

	// From here on without a load.
	forget();
	await page.getByRole('link', {name: 'Logbook'}).click();
	await page.getByRole('heading', {name: '446 sightings'}).waitFor();
	t.deepEqual(documents, []);
});

test.serial('a form that is sent while the dev server is away arrives, and its tab finds the new one', async t => {
	const directory = await copyExample(t);
	const devServer = await startDevServer(t, directory);
	const application = await startDevelopmentApplication(t, directory);
	const {page, refusals} = await openTab(await launchBrowser(t));

	await signIn(page, `${application.url}/diary/3/edit`);
	await page.getByLabel('Notes').fill('Written meanwhile.');
	await devServer.end('SIGINT');
	await startDevServer(t, directory);
	await forNextLook();

	const sent = page.waitForResponse(response => response.request().method() === 'PUT' && response.status() === 303);
	await page.getByRole('button', {name: 'Save'}).click();
	await sent;
	await page.waitForURL(`${application.url}/diary/3`);
	await page.locator('.notes', {hasText: 'Written meanwhile.'}).waitFor();
	t.true(refusals.length <= 1);
});

test.serial('a document says what to do about a dev server that was killed', async t => {
	const directory = await copyExample(t);
	const devServer = await startDevServer(t, directory);
	const application = await startDevelopmentApplication(t, directory);
	const {page} = await openTab(await launchBrowser(t));

	await page.goto(`${application.url}/about`);
	await page.getByRole('heading', {name: 'How this page stays up to date'}).waitFor();
	await devServer.end('SIGKILL');
	t.deepEqual(listHotFiles(directory), ['hot']);
	await forNextLook();

	const answer = await page.goto(`${application.url}/about`);
	t.is(answer?.status(), 500);
	const words = await page.locator('h1').innerText();
	t.regex(words, /The hot file `public\/hot` names a dev server at http:\/\/localhost:\d+/);
	t.regex(words, /its process has ended/);
	t.regex(words, /Start it again, for example with `npx vite`, or delete the file/);

	await startDevServer(t, directory);
	await forNextLook();
	t.is((await page.reload())?.status(), 200);
	await page.getByRole('heading', {name: 'How this page stays up to date'}).waitFor();
});

/** A server looks for the hot file at most once a second. */
async function forNextLook() {
	await delay(1000);
}
