import test from 'ava';
import type {Page, Request} from 'playwright-core';
import {launchBrowser, openTab} from '../helpers/browser.ts';
import {startExample} from '../helpers/example-application.ts';
import {buildExample} from '../helpers/example-build.ts';
import {signIn} from '../helpers/example-page.ts';
import {waitFor} from '../helpers/wait-for.ts';

test.serial('an entry is written once its errors are mended, changed and deleted', async t => {
	const example = await startExample(t, await buildExample(t));
	const {page, documents, errors, forget} = await openTab(await launchBrowser(t));
	const night = page.getByLabel('Night');
	const notes = page.getByLabel('Notes');
	const save = page.getByRole('button', {name: 'Save'});

	await signIn(page, `${example.url}/diary/new?star=betelgeuse`);
	t.is(page.url(), `${example.url}/diary/new?star=betelgeuse`);
	t.is(await page.getByLabel('Star', {exact: true}).inputValue(), 'betelgeuse');
	forget();

	await night.fill('2999-01-01');
	await save.click();
	await page.getByText('That night is still to come.').waitFor();
	await page.getByText('Write a sentence, a short one will do.').waitFor();
	t.is(page.url(), `${example.url}/diary/new?star=betelgeuse`);
	t.is(await night.inputValue(), '2999-01-01');
	t.is(await night.getAttribute('aria-invalid'), 'true');
	t.is(await readDescription(page, 'Night'), 'That night is still to come.');
	t.is(await page.getByLabel('Star', {exact: true}).getAttribute('aria-invalid'), 'false');
	await page.locator('[type=date]:focus').waitFor();
	t.is(example.readDiary().length, 3);

	await night.fill('2025-01-18');
	await notes.fill('Dimmer than <Rigel>, & orange.');
	await save.click();
	await page.getByRole('status').getByText('The night is in the diary.').waitFor();
	await page.getByText('Dimmer than <Rigel>, & orange.').waitFor();
	await page.getByText('4 of 24 seen').waitFor();
	t.is(page.url(), `${example.url}/diary/4`);
	t.like(example.readDiary()[3], {starId: 'betelgeuse', night: '2025-01-18', notes: 'Dimmer than <Rigel>, & orange.'});
	t.deepEqual(documents, []);

	// Told once: not after a reload, and not on the way back through the history.
	await page.reload();
	await page.getByText('Dimmer than <Rigel>, & orange.').waitFor();
	t.is(await page.getByText('The night is in the diary.').count(), 0);

	await page.getByRole('link', {name: 'Change'}).click();
	await night.fill('2025-01-19');
	await notes.fill('   ');
	await save.click();
	await page.getByText('Write a sentence, a short one will do.').waitFor();
	t.is(page.url(), `${example.url}/diary/4/edit`);

	await notes.fill('As bright as ever.');
	const changed = page.waitForResponse(response => isOf(response.request(), 'PUT'));
	await save.click();
	await page.getByText('The entry is changed.').waitFor();
	t.is((await changed).status(), 303);
	t.is(page.url(), `${example.url}/diary/4`);
	t.like(example.readDiary()[3], {night: '2025-01-19', notes: 'As bright as ever.'});
	await page.getByRole('button', {name: 'Dismiss'}).click();
	await waitFor(async () => (await page.getByText('The entry is changed.').count()) === 0);

	page.once('dialog', dialog => dialog.dismiss());
	await page.getByRole('button', {name: 'Delete'}).click();
	t.is(example.readDiary().length, 4);

	page.once('dialog', dialog => dialog.accept());
	const deleted = page.waitForResponse(response => isOf(response.request(), 'DELETE'));
	await page.getByRole('button', {name: 'Delete'}).click();
	await page.getByText('The entry is gone.').waitFor();
	t.is((await deleted).status(), 303);
	t.is(page.url(), `${example.url}/diary`);
	await page.getByText('3 of 24 seen').waitFor();
	t.is(example.readDiary().length, 3);

	await page.getByRole('link', {name: 'About'}).click();
	await page.getByRole('heading', {name: 'How this page stays up to date'}).waitFor();
	await page.goBack();
	await page.getByRole('heading', {name: 'Diary'}).waitFor();
	t.is(await page.getByText('The entry is gone.').count(), 0);
	t.is(documents.length, 1);
	t.deepEqual(errors, []);
});

test.serial('a form validates while its user types, and writes nothing', async t => {
	const example = await startExample(t, await buildExample(t));
	const {page, visits, errors, forget} = await openTab(await launchBrowser(t));
	const asked: Request[] = [];
	page.on('request', request => {
		if (request.headers().precognition === 'true') asked.push(request);
	});

	await signIn(page, `${example.url}/diary/new?star=sirius`);
	forget();

	await page.getByLabel('Notes').fill('x'.repeat(501));
	await page.getByText('The notes have 501 characters, and there is room for 500.').waitFor();
	t.is(await page.getByLabel('Notes').getAttribute('aria-invalid'), 'true');
	t.is((await asked[0]?.response())?.status(), 422);
	t.is(asked[0]?.headers()['precognition-validate-only'], 'notes');
	// Only what was typed so far is judged.
	t.is(await page.locator('.error:not(:empty)').count(), 1);

	await page.getByLabel('Notes').fill('x'.repeat(500));
	await waitFor(async () => (await page.locator('.error:not(:empty)').count()) === 0);
	t.is(await page.getByLabel('Notes').getAttribute('aria-invalid'), 'false');
	t.is((await asked.at(-1)?.response())?.status(), 204);
	t.is((await asked.at(-1)?.response())?.headers()['precognition-success'], 'true');

	// What only the server can know: another field decides, too.
	await page.getByLabel('Night').fill('2025-02-11');
	await page.getByText('The diary has an entry for this star in that night.').waitFor();
	await page.getByLabel('Star', {exact: true}).selectOption('Rigel');
	await waitFor(async () => (await page.locator('.error:not(:empty)').count()) === 0);

	t.true(asked.every(request => request.method() === 'POST'));
	t.is(visits.length, 0);
	t.is(example.readDiary().length, 3);
	t.deepEqual(
		example.queries.filter(query => query.startsWith('diary.create')),
		[],
	);

	await page.getByRole('button', {name: 'Save'}).click();
	await page.getByText('The night is in the diary.').waitFor();
	t.is(example.readDiary().length, 4);

	// An entry that is changed may keep its night, and none may take that of another.
	await page.getByRole('link', {name: 'Change'}).click();
	await page.getByLabel('Notes').fill('Blue.');
	await page.getByLabel('Star', {exact: true}).selectOption('Sirius');
	await page.getByText('The diary has an entry for this star in that night.').waitFor();
	await page.getByLabel('Star', {exact: true}).selectOption('Rigel');
	await waitFor(async () => (await page.locator('.error:not(:empty)').count()) === 0);
	t.is(asked.at(-1)?.method(), 'PUT');
	t.is(example.readDiary().find(({starId}) => starId === 'rigel')?.notes, 'x'.repeat(500));
	t.deepEqual(errors, []);
});

function isOf(request: Request, method: string) {
	return request.method() === method && request.headers().precognition === undefined;
}

/** What screen readers read out with a field. */
async function readDescription(page: Page, label: string) {
	const id = await page.getByLabel(label, {exact: true}).getAttribute('aria-describedby');
	return page.locator(`[id="${id}"]`).textContent();
}
