import test from 'ava';
import type {Page} from 'playwright-core';
import {launchBrowser, openTab} from '../helpers/browser.ts';
import {startExample} from '../helpers/example-application.ts';
import {buildExample} from '../helpers/example-build.ts';
import {signIn, writeEntry} from '../helpers/example-page.ts';
import {waitFor} from '../helpers/wait-for.ts';

test.serial('a favourite is shown before the server answers, and taken back when it refuses', async t => {
	const example = await startExample(t, await buildExample(t));
	await writeEntry(example.url, {starId: 'rigel', night: '2025-01-02', notes: 'Blue.'});
	const {page, documents, errors, forget} = await openTab(await launchBrowser(t));
	const answers = await holdAnswers(page);
	const isPressed = async (star: string) =>
		(await page.getByRole('button', {name: `Favourite: ${star}`}).getAttribute('aria-pressed')) === 'true';
	const listFavourites = () => {
		const favourites = example.readDiary().filter(({isFavourite}) => isFavourite);
		return favourites.map(({starId}) => starId).sort();
	};

	await signIn(page, `${example.url}/diary`);
	forget();

	await page.getByRole('button', {name: 'Favourite: Vega'}).click();
	await waitFor(() => isPressed('Vega'));
	t.deepEqual(listFavourites(), []);
	t.is(answers.length, 1);

	// A second one, while the first is still on its way.
	await page.getByRole('button', {name: 'Favourite: Sirius'}).click();
	await waitFor(() => isPressed('Sirius'));
	t.true(await isPressed('Vega'));
	await answers.release(2);
	await waitFor(() => listFavourites().length === 2);
	await waitFor(async () => (await isPressed('Vega')) && (await isPressed('Sirius')));
	t.false(await isPressed('Arcturus'));

	await page.getByRole('button', {name: 'Favourite: Arcturus'}).click();
	await answers.release(1);
	await waitFor(() => listFavourites().length === 3);

	await page.getByRole('button', {name: 'Favourite: Rigel'}).click();
	await waitFor(() => isPressed('Rigel'));
	t.is(await page.getByRole('alert').filter({hasText: 'Up to 3 nights can be favourites.'}).count(), 0);
	const refused = page.waitForResponse(response => response.request().method() === 'PUT');
	await answers.release(1);
	t.is((await refused).status(), 303);
	await page.getByRole('alert').filter({hasText: 'Up to 3 nights can be favourites.'}).waitFor();
	await waitFor(async () => !(await isPressed('Rigel')));
	t.deepEqual(listFavourites(), ['arcturus', 'sirius', 'vega']);
	t.true(await isPressed('Vega'));

	// The next one that succeeds takes the message away.
	await page.getByRole('button', {name: 'Favourite: Vega'}).click();
	await waitFor(async () => !(await isPressed('Vega')));
	await answers.release(1);
	await waitFor(async () => (await page.getByText('Up to 3 nights can be favourites.').count()) === 0);
	t.deepEqual(listFavourites(), ['arcturus', 'sirius']);
	t.deepEqual(documents, []);
	t.deepEqual(errors, []);

	await page.reload();
	await waitFor(async () => (await isPressed('Sirius')) && (await isPressed('Arcturus')));
	t.false(await isPressed('Vega'));
	t.false(await isPressed('Rigel'));
});

test.serial('a favourite is taken back when the server is out of reach', async t => {
	const example = await startExample(t, await buildExample(t));
	const {page} = await openTab(await launchBrowser(t));
	await signIn(page, `${example.url}/diary`);
	const favourite = page.getByRole('button', {name: 'Favourite: Vega'});
	const states: Array<string | null> = [];
	let abort = () => {};
	await page.route('**/favourite', route => {
		abort = () => void route.abort();
	});

	await favourite.click();
	await waitFor(async () => (await favourite.getAttribute('aria-pressed')) === 'true');
	states.push(await favourite.getAttribute('aria-pressed'));
	abort();
	await waitFor(async () => (await favourite.getAttribute('aria-pressed')) === 'false');
	t.deepEqual(states, ['true']);
	t.is(page.url(), `${example.url}/diary`);
});

/** Keeps the requests for favourites from the server until they are released, in their order. */
async function holdAnswers(page: Page) {
	const held: Array<() => Promise<void>> = [];
	await page.route('**/favourite', route => {
		held.push(() => route.continue());
	});

	return {
		get length() {
			return held.length;
		},
		async release(count: number) {
			await waitFor(() => held.length >= count);

			for (const send of held.splice(0, count)) {
				await send();
			}
		},
	};
}
