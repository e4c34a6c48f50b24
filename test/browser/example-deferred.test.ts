import test from 'ava';
import {launchBrowser, openTab} from '../helpers/browser.ts';
import {startExample} from '../helpers/example-application.ts';
import {buildExample} from '../helpers/example-build.ts';
import {readEmbeddedPage, readVisit} from '../helpers/example-page.ts';
import {waitFor} from '../helpers/wait-for.ts';

test.serial('the logbook can be read before its statistics are counted', async t => {
	const example = await startExample(t, await buildExample(t));
	const {page, documents, visits, errors} = await openTab(await launchBrowser(t));

	let finish = () => {};
	const isFinished = new Promise<void>(resolve => {
		finish = resolve;
	});
	example.replace('statistics', count => async signal => {
		await isFinished;
		return count(signal);
	});

	await page.goto(`${example.url}/logbook`);
	await page.getByText('Counting the nights …').waitFor();
	t.is(await page.locator('.sighting').count(), 20);

	const embedded = await readEmbeddedPage(page);
	t.deepEqual(embedded.deferredProps, {default: ['statistics']});
	t.false('statistics' in embedded.props);

	// The client asks by itself, for this and nothing else, while the page is in use.
	await waitFor(() => example.queries.includes('statistics()'));
	t.deepEqual(example.queries, ['progress()', 'spectralClasses()', 'page(0, "")', 'statistics()']);
	t.is(visits.length, 0);
	await page.evaluate('document.querySelector(".book").scrollTo(0, 1_000_000)');
	await waitFor(async () => (await page.locator('.sighting').count()) === 40);
	t.true(await page.getByText('Counting the nights …').isVisible());

	finish();
	await page.getByRole('heading', {name: '446 sightings since September 2022'}).waitFor();
	t.is(await page.getByText('Counting the nights …').count(), 0);
	t.deepEqual(await page.locator('.bars li').allInnerTexts(), [
		'Blue-white\n110',
		'White\n156',
		'Yellow-white\n57',
		'Yellow\n18',
		'Orange\n69',
		'Red\n36',
	]);
	const heights = await page.locator('.histogram .count').allInnerTexts();
	t.is(
		heights.reduce((sum, height) => sum + Number(height), 0),
		446,
	);

	const {path, asked, props, metadata} = await readVisit(visits.find(visit => visit.url().endsWith('/logbook')));
	t.is(path, '/logbook');
	t.like(asked, {'partial-component': 'Logbook', 'partial-data': 'statistics'});
	t.deepEqual(Object.keys(props), ['errors', 'statistics']);
	t.false('deferredProps' in metadata);
	t.is(example.queries.filter(query => query === 'statistics()').length, 1);
	t.is(documents.length, 1);
	t.deepEqual(errors, []);
});

test.serial('statistics that fail leave the logbook as it is and are counted at the next try', async t => {
	const example = await startExample(t, await buildExample(t));
	const {page, documents, visits, errors, forget} = await openTab(await launchBrowser(t));
	const failures: Array<{readonly code?: unknown; readonly cause?: unknown}> = [];
	example.app.silent = true;
	example.app.on('error', error => failures.push(error));

	let failure: Error | undefined = new Error('The disk is full');
	example.replace('statistics', count => signal => {
		if (failure) {
			throw failure;
		}

		return count(signal);
	});

	await page.goto(`${example.url}/logbook`);
	await page.getByRole('alert').getByText('The nights could not be counted just now.').waitFor();
	t.is(await page.locator('.sighting').count(), 20);

	const rescued = await readVisit(visits[0]);
	t.is(visits[0]?.status(), 200);
	t.deepEqual(Object.keys(rescued.props), ['errors']);
	t.deepEqual(rescued.metadata.rescuedProps, ['statistics']);
	t.deepEqual(
		failures.map(({code, cause}) => ({code, cause})),
		[{code: 'ERR_INERTIA_PROP_LOAD', cause: failure}],
	);

	// Everything else goes on.
	await page.evaluate('document.querySelector(".book").scrollTo(0, 1_000_000)');
	await waitFor(async () => (await page.locator('.sighting').count()) === 40);
	t.true(await page.getByRole('alert').isVisible());

	failure = undefined;
	forget();
	await page.getByRole('button', {name: 'Try again'}).click();
	await page.getByRole('heading', {name: '446 sightings since September 2022'}).waitFor();

	t.is(await page.getByRole('alert').count(), 0);
	t.is(await page.locator('.sighting').count(), 40);
	const counted = await readVisit(visits[0]);
	t.like(counted.asked, {'partial-component': 'Logbook', 'partial-data': 'statistics'});
	t.deepEqual(Object.keys(counted.props), ['errors', 'statistics']);
	t.false('rescuedProps' in counted.metadata);
	t.is(failures.length, 1);
	t.deepEqual(documents, []);
	t.deepEqual(errors, []);
});
