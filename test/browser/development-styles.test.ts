import test from 'ava';
import type {Browser} from 'playwright-core';
import {launchBrowser, openTab} from '../helpers/browser.ts';
import {startExample} from '../helpers/example-application.ts';
import {buildExample, changeExample, copyExample} from '../helpers/example-build.ts';
import {startDevelopmentApplication, startDevServer} from '../helpers/example-development.ts';
import {readStyle} from '../helpers/example-policy.ts';
import {waitFor} from '../helpers/wait-for.ts';

const footerRule = '	border-top: 1px solid var(--line);\n	color: var(--muted);\n	font-size: 0.8rem;';

test.serial('in development the template is painted with its styles, and none of them stays behind', async t => {
	const directory = await copyExample(t);
	await startDevServer(t, directory);
	const application = await startDevelopmentApplication(t, directory);
	const {page, firstPaint, releaseScripts, errors} = await openSlowly(await launchBrowser(t), application.url);

	t.deepEqual(firstPaint, {isAfterStyles: true, border: '1px', size: '12.8px', scripts: 0});
	t.is(await page.locator('link[data-koa-inertia=styles]').count(), 1);

	await page.evaluate('window.isSame = true');
	releaseScripts();
	await page.locator('.stars li').first().waitFor();
	await waitFor(async () => (await page.locator('link[rel=stylesheet]').count()) === 0);
	t.is(await readStyle(page, '.colophon', 'border-top-width'), '1px');

	// A rule that is taken out stops to count, as one that was there twice would not.
	await changeExample(directory, {file: 'source/styles.css', from: footerRule, to: '	color: rgb(1 2 3);'});
	await waitFor(async () => (await readStyle(page, '.colophon', 'color')) === 'rgb(1, 2, 3)');
	t.is(await readStyle(page, '.colophon', 'border-top-width'), '0px');
	t.is(await readStyle(page, '.colophon', 'font-size'), '16px');
	t.true(await page.evaluate('window.isSame'));
	t.deepEqual(errors, []);
});

test.serial('a build paints the template with its styles before any script has run', async t => {
	const example = await startExample(t, await buildExample(t));
	const {page, firstPaint, releaseScripts, errors} = await openSlowly(await launchBrowser(t), example.url);

	t.deepEqual(firstPaint, {isAfterStyles: true, border: '1px', size: '12.8px', scripts: 0});

	releaseScripts();
	await page.locator('.stars li').first().waitFor();
	t.is(await readStyle(page, '.colophon', 'border-top-width'), '1px');
	t.deepEqual(errors, []);
});

/** Opens a document whose stylesheets are slow, and whose scripts come when they are released. */
async function openSlowly(browser: Browser, url: string) {
	const {page, errors} = await openTab(browser);
	let scripts = 0;
	let releaseScripts = () => {};
	const released = new Promise<void>(resolve => {
		releaseScripts = resolve;
	});

	await page.route('**/*', async route => {
		const kind = route.request().resourceType();

		if (kind === 'script') {
			await released;
			scripts += 1;
		} else if (kind === 'stylesheet') {
			await new Promise(resolve => setTimeout(resolve, 500));
		}

		await route.continue();
	});
	await page.goto(url, {waitUntil: 'commit'});
	await waitFor(() => page.evaluate(`performance.getEntriesByName('first-contentful-paint').length > 0`));

	return {
		page,
		errors,
		releaseScripts,
		firstPaint: {
			isAfterStyles: await page.evaluate<boolean>(`{
				const styles = performance.getEntriesByType('resource').filter(({name}) => name.includes('.css'));
				const [paint] = performance.getEntriesByName('first-contentful-paint');
				styles.length > 0 && styles.every(({duration}) => duration >= 500)
					&& styles.every(({responseEnd}) => responseEnd <= paint.startTime);
			}`),
			border: await readStyle(page, '.colophon', 'border-top-width'),
			size: await readStyle(page, '.colophon', 'font-size'),
			scripts,
		},
	};
}
