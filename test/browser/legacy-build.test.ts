import {readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {createAssets} from 'koa-inertia/assets';
import {launchBrowser, openTab} from '../helpers/browser.ts';
import {serve} from '../helpers/serve.ts';
import {ViteBuilds} from '../helpers/vite-builds.ts';
import {waitFor} from '../helpers/wait-for.ts';

const builds = new ViteBuilds();
test.after.always('remove the builds', () => builds.remove());

const entry = 'source/main.ts';
const moduleWithFile = /<script type="module" src=.*?<\/script>/g;

/** Browsers of another age, as changes to the document that make this one behave like them. */
const browsers: ReadonlyArray<{title: string; isLegacy: boolean; change(html: string): string}> = [
	{title: 'that can run the modern build', isLegacy: false, change: html => html},
	{
		title: 'with modules that cannot run the modern build',
		isLegacy: true,
		change: html => html.replace('import.meta.resolve', 'import.meta.lacking').replace(moduleWithFile, ''),
	},
	{
		title: 'without modules',
		isLegacy: true,
		change: html => html.replace(/<script type="module".*?<\/script>/g, '').replaceAll(' nomodule', ''),
	},
	{
		title: 'with modules that knows neither `nomodule` nor the modern build',
		isLegacy: true,
		change: html =>
			html
				.replace('import.meta.resolve', 'import.meta.lacking')
				.replace(moduleWithFile, '')
				.replaceAll(' nomodule', ''),
	},
];

for (const {title, isLegacy, change} of browsers) {
	test.serial(`a browser ${title} runs one build of an entry`, async t => {
		const {outDirectory, manifestPath, manifest} = await builds.get(8, 'legacy');
		const html = createAssets({manifest: manifestPath, hotFile: false}).tags(entry);
		t.true(
			html.includes('import.meta.resolve') && html.includes(' nomodule') && html.includes('<script type="module" src='),
		);
		const url = await serve(t, async ({url: asked = ''}, response) => {
			if (asked === '/') {
				response.setHeader('Content-Type', 'text/html; charset=utf-8');
				response.end(`<!doctype html><html lang="en"><title>Legacy</title>${change(html)}`);
				return;
			}

			const kinds: Record<string, string> = {'.js': 'text/javascript', '.css': 'text/css'};
			response.setHeader('Content-Type', kinds[path.extname(asked)] ?? 'application/octet-stream');
			response.end(await readFile(path.join(outDirectory, asked)).catch(() => ''));
		});
		const {page} = await openTab(await launchBrowser(t));
		const scripts: string[] = [];
		page.on('request', request => {
			if (request.resourceType() === 'script') scripts.push(new URL(request.url()).pathname);
		});
		await page.goto(url);
		await waitFor(() => page.evaluate<boolean>('document.documentElement.dataset.main?.startsWith("Hello main")'));
		await page.waitForLoadState('networkidle');

		const has = (key: string): boolean => scripts.includes(`/${manifest[key]!.file}`);
		t.is(has('source/main-legacy.ts'), isLegacy);
		t.is(has(entry), !isLegacy);
		t.is(scripts.filter(script => /polyfills-legacy/.test(script)).length, isLegacy ? 1 : 0);
		t.is(new Set(scripts).size, scripts.length);
	});
}
