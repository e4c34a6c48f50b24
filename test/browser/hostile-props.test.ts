import path from 'node:path';
import test from 'ava';
import Koa from 'koa';
import {inertia} from 'koa-inertia';
import koaStatic from 'koa-static';
import {launchBrowser, openTab} from '../helpers/browser.ts';
import {buildExample} from '../helpers/example-build.ts';
import {serve} from '../helpers/serve.ts';

const hostile = {
	closing: '</script><script>window.executed = "closing"</script>',
	comment: '<!--<script>',
	image: '<img src="/nothing" onerror="window.executed = \'image\'">',
	separators: 'one\u2028two\u2029three',
	surrogates: ['\uD800', '\uDFFF', 'a\uDC00b', '\u{1F30C}'],
	replacement: "$& $1 $` $' $$",
	// biome-ignore lint/suspicious/noTemplateCurlyInString: it's meant to look like one.
	template: '{{ 7*7 }} {% raw %} {# gone #} ${7 * 7}',
	quotes: '" \' ` \\ \\u003c \\/ &quot; &lt;',
	controls: '\u0000\u0007\b\t\r\n\u001F\u007F\uFEFF',
	'</script> as a key': true,
	'__proto__\u2028': {'': null},
};

test.serial('hostile props reach the page of a real browser unchanged and run nothing', async t => {
	const directory = await buildExample(t, [
		{
			file: 'source/main.tsx',
			from: 'await createInertiaApp',
			to: `import {router} from '@inertiajs/react';
				router.on('navigate', ({detail}) => Object.assign(window, {currentPage: detail.page}));
				await createInertiaApp`,
		},
	]);

	const app = new Koa();
	app.use(koaStatic(path.join(directory, 'public')));
	app.use(
		inertia({
			manifest: path.join(directory, 'public/build/.vite/manifest.json'),
			views: path.join(directory, 'views'),
			share: {progress: {seen: 0, total: 24}},
		}),
	);
	app.use(ctx => ctx.inertia.render('About', {hostile}));

	const url = await serve(t, app.callback());
	const {page, errors} = await openTab(await launchBrowser(t));

	await page.goto(url);
	await page.getByRole('heading', {name: 'How this page stays up to date'}).waitFor();

	// JSON spells out lone surrogates, which wouldn't survive the way from the browser to the test.
	const expected = JSON.stringify(hostile);
	const embedded = 'JSON.parse(document.querySelector("script[data-page]").textContent).props.hostile';
	t.is(await page.evaluate(`JSON.stringify(${embedded})`), expected);
	t.is(await page.evaluate('JSON.stringify(currentPage.props.hostile)'), expected);

	t.is(await page.evaluate('window.executed'), undefined);
	t.is(await page.locator('script[data-page]').count(), 1);
	t.is(await page.locator('body > #app').count(), 1);
	t.is(await page.evaluate('currentPage.version'), await page.locator('body > footer code').textContent());
	t.is(await page.locator('img').count(), 0);
	t.deepEqual(errors, []);
});
