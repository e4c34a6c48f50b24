import {readdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {launchBrowser, openTab} from '../helpers/browser.ts';
import {type RunningExample, startExample} from '../helpers/example-application.ts';
import {buildExample} from '../helpers/example-build.ts';
import {readStyle, watchPolicy} from '../helpers/example-policy.ts';

const alertWords = /could not be loaded, or is not the one that was published/;

test.serial('the browser refuses a lazy page that was changed on disk, and the page says so', async t => {
	const {example, page, refused, alert} = await openExample(t);

	await page.goto(example.url);
	await page.locator('.stars li').first().waitFor();
	await page.getByRole('link', {name: 'Logbook'}).click();
	await page.getByRole('heading', {name: '446 sightings'}).waitFor();
	t.is(await alert.count(), 0);

	await changeByte(example, /^About-.*\.js$/, 'How this page', 'Now this page');
	await page.getByRole('link', {name: 'About'}).click();
	await alert.waitFor();
	t.true(await alert.isVisible());
	t.is(await page.getByText('Now this page').count(), 0);
	t.is(await readStyle(page, 'body > [role=alert]', 'position'), 'fixed');
	t.is(await readStyle(page, 'body > [role=alert]', 'background-color'), 'rgb(127, 29, 29)');
	t.true(await page.getByRole('heading', {name: '446 sightings'}).isVisible());

	// Also as the page of a document.
	await page.goto(`${example.url}/about`);
	await alert.waitFor();
	t.is(await alert.count(), 1);
	t.is(await page.getByText('Now this page').count(), 0);
	t.deepEqual(refused, []);
});

for (const [name, file, from, to] of [
	['the entry', /^main-.*\.js$/, 'Twenty-four bright stars', 'Twenty-four Bright stars'],
	[
		'a chunk that the entry imports',
		/^jsx-runtime-.*\.js$/,
		'react.transitional.element',
		'React.transitional.element',
	],
	['a stylesheet', /^main-.*\.css$/, 'max-width:70rem', 'max-width:71rem'],
] as const) {
	test.serial(`the browser refuses ${name} that was changed on disk, and the page says so`, async t => {
		const {example, page, refused, alert} = await openExample(t);

		await changeByte(example, file, from, to);
		await page.goto(example.url);
		await alert.waitFor();
		t.true(await alert.isVisible());
		t.is(await alert.count(), 1);
		t.deepEqual(refused, []);

		if (file.source.includes('css')) {
			t.is(await readStyle(page, 'body', 'max-width'), 'none');
		} else {
			t.is(await page.locator('.masthead').count(), 0);
		}

		// The alert needs neither the entry nor its stylesheet.
		t.is(await readStyle(page, 'body > [role=alert]', 'background-color'), 'rgb(127, 29, 29)');
	});
}

test.serial(
	'a script of another site that is kept away has no alert, and a refused file only where nobody prevents it',
	async t => {
		const {example, page, alert} = await openExample(t);
		const foreign = 'http://ads.example.net/count.js';
		await page.route(foreign, route => route.abort('blockedbyclient'));
		await page.goto(example.url);
		await page.locator('.stars li').first().waitFor();

		for (const [element, member] of [
			['script', 'src'],
			['link', 'href'],
		]) {
			const failed = await page.evaluate(`new Promise(resolve => {
			const element = document.createElement('${element}');
			element.rel = 'stylesheet';
			element.integrity = 'sha384-${'a'.repeat(64)}';
			element.crossOrigin = '';
			element.${member} = '${foreign}';
			element.onerror = () => resolve(true);
			document.head.append(element);
		})`);
			t.true(failed);
			t.is(await alert.count(), 0);
		}

		await page.addInitScript(`addEventListener('koa-inertia:assetError', event => {
		event.preventDefault();
		document.documentElement.dataset.failed = 'yes';
	})`);
		await changeByte(example, /^main-.*\.css$/, 'max-width:70rem', 'max-width:71rem');
		await page.goto(example.url);
		await page.locator('[data-failed=yes]').waitFor();
		await page.locator('.stars li').first().waitFor();
		t.is(await alert.count(), 0);
	},
);

test.serial('no page of an unchanged build has the alert', async t => {
	const {example, page, refused, alert} = await openExample(t);

	for (const address of ['/', '/stars/vega', '/logbook', '/about', '/sign-in', '/nowhere']) {
		await page.goto(example.url + address);
		await page.locator('main h1').waitFor();
		t.is(await alert.count(), 0, address);
	}

	t.deepEqual(refused, []);
});

async function openExample(t: ExecutionContext) {
	const example = await startExample(t, await buildExample(t));
	const {page} = await openTab(await launchBrowser(t));
	const refused = await watchPolicy(page);

	return {example, page, refused, alert: page.getByRole('alert').filter({hasText: alertWords})};
}

/** Changes one byte of one file of the build, which still runs. The server goes on. */
async function changeByte({directory}: RunningExample, name: RegExp, from: string, to: string) {
	const assets = path.join(directory, 'public/build/assets');
	const files = (await readdir(assets)).filter(file => name.test(file));

	for (const file of files) {
		const text = await readFile(path.join(assets, file), 'utf8');

		if (text.includes(from)) {
			await writeFile(path.join(assets, file), text.replace(from, to));
			return;
		}
	}

	throw new Error(`\`${from}\` is in none of the files: ${files.join(', ')}`);
}
