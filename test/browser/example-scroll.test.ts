import test from 'ava';
import type {Page} from 'playwright-core';
import {launchBrowser, openTab} from '../helpers/browser.ts';
import {type RunningExample, startExample} from '../helpers/example-application.ts';
import {buildExample} from '../helpers/example-build.ts';
import {readEmbeddedPage, readVisit, writeEntry} from '../helpers/example-page.ts';
import {waitFor} from '../helpers/wait-for.ts';

type Entries = {readonly entries: {readonly data: ReadonlyArray<{readonly night: string; readonly starName: string}>}};

const describeEntry = `entry => entry.querySelector('time').dateTime + ' ' + entry.querySelector('a').textContent`;
const isInSight = `entry => entry.getBoundingClientRect().top >= document.querySelector('.book').getBoundingClientRect().top - 1`;

test.serial('the logbook opens in the middle and grows at both ends', async t => {
	const example = await startExample(t, await buildExample(t));
	const {page, documents, visits, errors} = await openTab(await launchBrowser(t));
	const book = await loadBook(example);

	await page.goto(`${example.url}/logbook?page=7`);
	// The answer with the statistics writes its own address, which is the one of the moment when they were asked for.
	await page.getByRole('heading', {name: '446 sightings'}).waitFor();
	t.deepEqual((await readEmbeddedPage(page)).scrollProps, {
		entries: {pageName: 'page', previousPage: 6, nextPage: 8, currentPage: 7, reset: false},
	});

	// The page before comes by itself, and what was read stays in its place while it comes in above.
	await waitFor(async () => (await readEntries(page)).includes(book[5 * 20]!));
	await waitFor(async () => (await readEntries(page))[await readPosition(page)] === book[6 * 20]);
	const before = await readVisit(visits.find(visit => visit.url().endsWith('page=6')));
	t.like(before.asked, {
		'partial-component': 'Logbook',
		'partial-data': 'entries',
		'infinite-scroll-merge-intent': 'prepend',
	});
	t.deepEqual(Object.keys(before.props), ['errors', 'entries']);
	t.like(before.metadata, {prependProps: ['entries.data'], matchPropsOn: ['entries.data.id']});
	t.false('mergeProps' in before.metadata);

	// The address follows, so that a reload and a link lead to the page that is read.
	await turnTo(page, 'end', book[7 * 20 + 5]);
	await page.waitForURL(`${example.url}/logbook?page=8`);
	const after = await readVisit(visits.find(visit => visit.url().endsWith('page=8')));
	t.like(after.asked, {'partial-data': 'entries', 'infinite-scroll-merge-intent': 'append'});
	t.deepEqual(Object.keys(after.props), ['errors', 'entries']);
	t.like(after.metadata, {mergeProps: ['entries.data'], matchPropsOn: ['entries.data.id']});
	t.false('prependProps' in after.metadata);

	await turnTo(page, 'start', book[0]);
	await page.waitForURL(`${example.url}/logbook`);
	await page.getByText('The latest night').waitFor();
	const entries = await readEntries(page);
	t.true(entries.length >= 8 * 20);
	t.deepEqual(entries, book.slice(0, entries.length));
	t.is(documents.length, 1);
	t.deepEqual(errors, []);
});

test.serial('the logbook ends at its first night', async t => {
	const example = await startExample(t, await buildExample(t));
	const {page, visits, errors} = await openTab(await launchBrowser(t));
	const book = await loadBook(example);

	await page.goto(`${example.url}/logbook?page=22`);
	await page.getByRole('heading', {name: '446 sightings'}).waitFor();
	await turnTo(page, 'end', book[22 * 20]);
	await page.waitForURL(`${example.url}/logbook?page=23`);
	await page.getByText('The first night').waitFor();
	const last = await readVisit(visits.find(visit => visit.url().endsWith('page=23')));
	t.like(last.metadata.scrollProps, {entries: {previousPage: 22, nextPage: null, currentPage: 23}});
	const entries = await readEntries(page);
	t.deepEqual(entries, book.slice(-entries.length));

	// There is no page after the last one, and this is what a link to it shows.
	await page.goto(`${example.url}/logbook?page=99`);
	await page.getByText('The first night').waitFor();
	t.like((await readEmbeddedPage(page)).scrollProps, {entries: {previousPage: 22, nextPage: null, currentPage: 23}});
	t.deepEqual(errors, []);
});

test.serial('an entry that is written meanwhile shows no other entry twice', async t => {
	const example = await startExample(t, await buildExample(t));
	const {page, visits, errors} = await openTab(await launchBrowser(t));
	const book = await loadBook(example);

	await page.goto(`${example.url}/logbook`);
	await page.locator('.sighting').first().waitFor();
	await writeEntry(example.url, {starId: 'rigel', night: '2025-09-01', notes: 'Up at last, before dawn.'});
	await turnTo(page, 'end', book[30]);

	// The second page begins with the entry that the first one ended with.
	const second = await readVisit(visits.find(visit => visit.url().endsWith('page=2')));
	const [repeated] = (second.props as Entries).entries.data;
	t.is(`${repeated?.night} ${repeated?.starName}`, book[19]!);
	const entries = await readEntries(page);
	t.deepEqual(entries, book.slice(0, entries.length));

	await page.goto(`${example.url}/logbook`);
	await page.locator('.sighting').first().waitFor();
	t.is((await readEntries(page))[0], '2025-09-01 Rigel');
	// What it was like is for the diary.
	t.is(await page.getByText('Up at last, before dawn.').count(), 0);
	t.deepEqual(errors, []);
});

test.serial('a colour has pages of its own, and going back finds the book where it was left', async t => {
	const example = await startExample(t, await buildExample(t));
	const {page, documents, visits, errors, forget} = await openTab(await launchBrowser(t));
	const book = await loadBook(example);
	const red = book.filter(entry => / (Antares|Betelgeuse)$/.test(entry));

	await page.goto(`${example.url}/logbook?page=7`);
	await page.getByRole('heading', {name: '446 sightings'}).waitFor();
	await turnTo(page, 'end', book[7 * 20 + 5]);
	await page.waitForURL(`${example.url}/logbook?page=8`);
	forget();

	await page.getByRole('link', {name: 'red', exact: true}).click();
	await page.waitForURL(`${example.url}/logbook?class=M`);
	await waitFor(async () => (await readEntries(page))[0] === red[0]);
	t.deepEqual(await readEntries(page), red.slice(0, 20));
	const first = await readVisit(visits.find(visit => visit.url().endsWith('?class=M')));
	t.false('partial-data' in first.asked);

	await turnTo(page, 'end', red[25]);
	await page.waitForURL(`${example.url}/logbook?class=M&page=2`);
	t.deepEqual(await readEntries(page), red);
	await page.getByText('The first night').waitFor();
	const second = await readVisit(visits.find(visit => visit.url().endsWith('?class=M&page=2')));
	t.like(second.metadata, {mergeProps: ['entries.data'], scrollProps: {entries: {nextPage: null, currentPage: 2}}});

	await page.goBack();
	await waitFor(async () => (await readEntries(page))[await readPosition(page)] === book[7 * 20 + 5]);
	t.deepEqual(documents, []);
	t.deepEqual(errors, []);
});

/** Scrolls until the entry is the first in sight. */
async function turnTo(page: Page, end: 'start' | 'end', entry: string | undefined) {
	const turn = `(() => {
		const entries = [...document.querySelectorAll('.sighting')];
		const wanted = entries.find(entry => (${describeEntry})(entry) === ${JSON.stringify(entry)});

		// A frame or two after a page came in, the client has put what was in sight back into its place, and has noted
		// which entries are of that page. To scroll before that leads nowhere.
		if (entries.some(entry => !entry.dataset.infiniteScrollPage)) return false;
		if (wanted && wanted === entries.find(${isInSight})) return true;
		if (wanted) wanted.scrollIntoView();
		else document.querySelector('.book')?.scrollTo(0, ${end === 'start' ? 0 : 1_000_000});
		return false;
	})()`;

	await waitFor(() => page.evaluate<boolean>(turn), 20_000);
}

/** Every entry as its night and its star, which is how they differ. */
async function readEntries(page: Page): Promise<string[]> {
	return page.evaluate(`[...document.querySelectorAll('.sighting')].map(${describeEntry})`);
}

/** The index of the first entry that is in sight as a whole. */
async function readPosition(page: Page): Promise<number> {
	return page.evaluate(`[...document.querySelectorAll('.sighting')].findIndex(${isInSight})`);
}

/** All entries, page by page, as they come when nothing is merged. */
async function loadBook({url, assets}: RunningExample): Promise<string[]> {
	const pages = Array.from({length: 23}, async (_, index) => {
		const headers = {'X-Inertia': 'true', 'X-Inertia-Version': assets.version};
		const answer = await fetch(`${url}/logbook?page=${index + 1}`, {headers});
		const {props} = (await answer.json()) as {props: Entries};
		return props.entries.data;
	});
	return (await Promise.all(pages)).flat().map(({night, starName}) => `${night} ${starName}`);
}
