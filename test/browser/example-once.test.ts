import test from 'ava';
import {launchBrowser, openTab} from '../helpers/browser.ts';
import {startExample} from '../helpers/example-application.ts';
import {buildExample} from '../helpers/example-build.ts';
import {readEmbeddedPage, readVisit} from '../helpers/example-page.ts';

type SpectralClasses = {readonly spectralClasses: readonly unknown[]};

const hour = 60 * 60 * 1000;

test.serial('the spectral classes come with the first page and serve the others for an hour', async t => {
	const example = await startExample(t, await buildExample(t));
	const {page, documents, visits, errors, forget} = await openTab(await launchBrowser(t));
	const loads = () => example.queries.filter(query => query === 'spectralClasses()').length;

	const start = Date.now();
	await page.goto(example.url);
	await page.locator('.legend', {hasText: 'yellow-white'}).waitFor();

	const embedded = await readEmbeddedPage(page);
	t.is((embedded.props as SpectralClasses).spectralClasses.length, 6);
	const {prop, expiresAt} = embedded.onceProps?.['spectral-classes'] ?? {};
	t.is(prop, 'spectralClasses');
	t.true(Number(expiresAt) >= start + hour && Number(expiresAt) <= Date.now() + hour);

	await page.getByRole('link', {name: /Vega.*Lyra/}).click();
	await page.getByRole('definition').getByText('white', {exact: true}).waitFor();
	const second = await readVisit(visits[0]);
	t.is(second.asked['except-once-props'], 'spectral-classes');
	t.false('spectralClasses' in second.props);
	t.deepEqual(Object.keys(second.metadata.onceProps ?? {}), ['spectral-classes']);

	// A page that has no use for them keeps them as well.
	await page.getByRole('link', {name: 'About'}).click();
	await page.getByRole('heading', {name: 'How this page stays up to date'}).waitFor();
	await page.getByRole('link', {name: 'Logbook'}).click();
	await page.getByRole('navigation', {name: 'Colours'}).getByRole('link', {name: 'yellow-white'}).waitFor();
	await page.getByRole('heading', {name: '446 sightings since September 2022'}).waitFor();
	t.is(loads(), 1);

	for (const visit of await Promise.all(visits.map(readVisit))) {
		t.is(visit.asked['except-once-props'], 'spectral-classes');
		t.false('spectralClasses' in visit.props);
	}

	await page.clock.setSystemTime(Date.now() + hour + 60_000);
	forget();
	await page.getByRole('link', {name: 'Stars', exact: true}).click();
	await page.locator('.legend', {hasText: 'yellow-white'}).waitFor();
	const late = await readVisit(visits[0]);
	t.false('except-once-props' in late.asked);
	t.is((late.props as SpectralClasses).spectralClasses.length, 6);
	t.is(loads(), 2);
	t.deepEqual(documents, []);
	t.deepEqual(errors, []);
});

test.serial('the statistics stay while one colour after another is looked at', async t => {
	const example = await startExample(t, await buildExample(t));
	const {page, visits, errors, forget} = await openTab(await launchBrowser(t));
	const loads = () => example.queries.filter(query => query === 'statistics()').length;
	const heading = page.getByRole('heading', {name: '446 sightings since September 2022'});

	await page.goto(`${example.url}/logbook`);
	await heading.waitFor();
	forget();

	for (const [name, star] of [
		['orange', 'Arcturus'],
		['yellow', 'Capella'],
	] as const) {
		await page.getByRole('link', {name, exact: true}).click();
		await page.locator('.tab[aria-current]', {hasText: name}).waitFor();
		t.true(await heading.isVisible());
		t.true((await page.locator('.sighting a', {hasText: star}).count()) > 0);
	}

	const chosen = (await Promise.all(visits.map(readVisit))).filter(({asked}) => !('partial-data' in asked));
	t.deepEqual(
		chosen.map(({path}) => path),
		['/logbook?class=K', '/logbook?class=G'],
	);

	for (const {asked, props, metadata} of chosen) {
		t.is(asked['except-once-props'], 'spectral-classes,statistics');
		t.false('statistics' in props);
		t.false('deferredProps' in metadata);
	}

	t.is(loads(), 1);
	t.deepEqual(errors, []);
});
