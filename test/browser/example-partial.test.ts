import test from 'ava';
import {launchBrowser, openTab} from '../helpers/browser.ts';
import {startExample} from '../helpers/example-application.ts';
import {buildExample} from '../helpers/example-build.ts';
import {readEmbeddedPage, readVisit, writeEntry} from '../helpers/example-page.ts';

test.serial('a search asks for what it changes, and the server looks up nothing else', async t => {
	const example = await startExample(t, await buildExample(t));
	const {page, documents, visits, errors} = await openTab(await launchBrowser(t));

	await page.goto(example.url);
	await page.getByText('24 stars', {exact: true}).waitFor();
	t.deepEqual(example.queries, ['progress()', 'spectralClasses()', 'find("")', 'find("")']);
	t.deepEqual(Object.keys((await readEmbeddedPage(page)).props).sort(), [
		'errors',
		'progress',
		'search',
		'sky',
		'spectralClasses',
		'stars',
	]);

	example.queries.length = 0;
	await page.getByRole('searchbox').fill('orion');
	await page.getByText('2 of 24 stars').waitFor();

	t.deepEqual(example.queries, ['find("orion")']);
	t.is(visits.length, 1);
	const {path, asked, props} = await readVisit(visits[0]);
	t.is(path, '/?search=orion');
	t.like(asked, {'partial-component': 'Stars/Index', 'partial-data': 'stars,search'});
	t.deepEqual(Object.keys(props), ['errors', 'search', 'stars']);

	// What didn't come is still there.
	t.is(await page.locator('.sky a').count(), 24);
	t.is(await page.locator('.sky a.faded').count(), 22);
	await page.getByText('3 of 24 seen').waitFor();
	await page.locator('.legend', {hasText: 'yellow-white'}).waitFor();
	t.is(documents.length, 1);
	t.deepEqual(errors, []);
});

test.serial('to count again asks for the statistics alone', async t => {
	const example = await startExample(t, await buildExample(t));
	const {page, documents, visits, errors, forget} = await openTab(await launchBrowser(t));

	await page.goto(`${example.url}/logbook?class=B`);
	await page.getByRole('heading', {name: '446 sightings'}).waitFor();
	await writeEntry(example.url, {starId: 'rigel', night: '2025-09-01', notes: 'Up at last.'});
	example.queries.length = 0;
	forget();

	await page.getByRole('button', {name: 'Count again'}).click();
	t.true(await page.getByRole('button', {name: 'Counting …'}).isDisabled());
	// The old numbers stay until the new ones are there.
	t.true(await page.getByRole('heading', {name: '446 sightings'}).isVisible());
	await page.getByRole('heading', {name: '447 sightings'}).waitFor();
	await page.locator('.bars', {hasText: 'Blue-white111'}).waitFor();
	await page.getByRole('button', {name: 'Count again'}).waitFor();

	t.deepEqual(example.queries, ['statistics()']);
	const {path, asked, props} = await readVisit(visits[0]);
	t.is(path, '/logbook?class=B');
	t.like(asked, {'partial-component': 'Logbook', 'partial-data': 'statistics'});
	t.deepEqual(Object.keys(props), ['errors', 'statistics']);
	t.is(await page.locator('time[datetime="2025-09-01"]').count(), 0);
	await page.getByText('3 of 24 seen').waitFor();
	t.is(visits.length, 1);
	t.deepEqual(documents, []);
	t.deepEqual(errors, []);
});
