import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {getInitialPageFromDOM} from '@inertiajs/core';
import test, {type ExecutionContext} from 'ava';
import {type InertiaOptions, OptionError, type PageObject, type RootView} from 'koa-inertia';
import {ManifestEntryError, TemplateError} from 'koa-inertia/errors';
import {createApp, getDocument, type RunningApp} from '../helpers/app.ts';
import {createDirectory, createManifest} from '../helpers/build.ts';
import {listUrls, parsePage, readElements} from '../helpers/document.ts';

const manifest = createManifest();
const template = {instanceOf: TemplateError, code: 'ERR_INERTIA_TEMPLATE'} as const;

const createSite = async (
	t: ExecutionContext,
	props: Readonly<Record<string, unknown>>,
	options?: InertiaOptions,
): Promise<RunningApp> =>
	createApp(t, {manifest, hotFile: false, ...options}, ctx => ctx.inertia.render('Home', props));

/** Lets the real client read the page, over a document that finds elements with the parser of the HTML standard. */
const readAsClient = (html: string, id: string): unknown => {
	const elements = readElements(html);
	const document = {
		querySelector(selector: string) {
			const [, dataPage] = /^script\[data-page="(.*)"\]\[type="application\/json"\]$/s.exec(selector)!;
			const script = elements.find(
				({name, attributes}) =>
					name === 'script' && attributes['data-page'] === dataPage && attributes.type === 'application/json',
			);
			return script && {textContent: script.text};
		},
	};
	Object.assign(globalThis, {window: {}, document});
	try {
		return getInitialPageFromDOM(id);
	} finally {
		Reflect.deleteProperty(globalThis, 'window');
		Reflect.deleteProperty(globalThis, 'document');
	}
};

const hostileTexts: Array<[name: string, text: string]> = [
	['a closing tag', '</script><script>alert(1)</script>'],
	['a closing tag in capitals and pieces', '</SCRIPT\n/x></scr</script\t>ipt>'],
	['a comment that opens a script', '<!--<script>'],
	['a comment that opens a script, twice', '<!--<script><!--<script></script>-->'],
	['the end of a comment', '--></script>-->'],
	['a processing instruction and CDATA', '<?php ]]> <![CDATA[ <%= 7 %> ?>'],
	['line separators', 'a\u2028b\u2029c'],
	['lone surrogates', '\ud800 \udfff \udc00\ud800'],
	['an astral character', '😀𝒳'],
	['replacement patterns', "$& $1 $$ $` $' $<name>"],
	['template code', '{{ 7*7 }}{% include "/etc/passwd" %}{# x #}'],
	['entities', '&lt;script&gt; &quot; &amp;amp; &#x3c;/script&#x3e;'],
	['escapes', String.raw`\u003c/script\u003e \/ \\ \" \n`],
	['control characters', '\u0000\u0001\b\f\n\r\t\u007f\u0085\ufeff\ufffe\uffff'],
	['quotes', `"'\``],
	['URLs', 'https://example.com/a/b//c?d=e&f#g'],
];

for (const [name, text] of hostileTexts) {
	test(`${name} in props, keys and the url come back as they were`, async t => {
		// Not at the top level, where a key with dots is unpacked.
		const props = {value: text, keys: {[text]: {list: [text, {[text]: null}]}}};
		const app = await createSite(t, props, {url: () => `/?q=${text}`});
		const html = await getDocument(app);
		const {body} = await app.visit('/', app.assets.version).expect(200);
		const expected = {
			component: 'Home',
			props: {errors: {}, ...props},
			url: `/?q=${text}`,
			version: app.assets.version,
			sharedProps: ['errors'],
		};
		t.deepEqual(parsePage(html), expected);
		t.deepEqual(readAsClient(html, 'app'), expected);
		t.deepEqual(body, expected);
		t.notRegex(html, /[\u2028\u2029]/);
		const script = readElements(html).find(({attributes}) => attributes['data-page'] === 'app');
		t.notRegex(script!.text, /<|(?<!\\)\//);

		const elements = readElements(html);
		t.deepEqual(
			elements.filter(({name}) => name === 'script').map(({attributes}) => Object.keys(attributes)),
			[
				['type', 'src'],
				['type', 'src'],
				['data-page', 'type'],
			],
		);
		const root = elements.at(-1);
		t.deepEqual(root, {name: 'div', attributes: {id: 'app'}, text: ''});
	});
}

test('`__proto__`, empty and numeric keys come back, and what JSON drops is dropped as in a visit', async t => {
	const props: Record<string, unknown> = JSON.parse(
		'{"__proto__": {"a": 1}, "": 0, "1": "one", "constructor": [null]}',
	);
	const app = await createSite(t, {
		...props,
		gone: undefined,
		date: new Date(0),
		not: Number.NaN,
		map: new Map([[1, 2]]),
	});
	const page = parsePage(await getDocument(app)) as PageObject;
	t.deepEqual((await app.visit('/', app.assets.version)).body, page);
	t.deepEqual(Object.keys(page.props), ['1', 'errors', '__proto__', '', 'constructor', 'date', 'not', 'map']);
	t.deepEqual(Object.getOwnPropertyDescriptor(page.props, '__proto__')?.value, {a: 1});
});

test('a page of several megabytes comes back', async t => {
	const rows = Array.from({length: 20_000}, (_, id) => ({
		id,
		text: `</script> <!--<script> ${'/'.repeat(100)} \u2028`,
	}));
	const page = parsePage(await getDocument(await createSite(t, {rows}))) as PageObject;
	t.deepEqual(page.props.rows, rows);
});

for (const rootId of [
	'root',
	`"><script>alert('1')</script>`,
	`' onclick='x`,
	'a&amp;b',
	'ä 😀',
	'</div>',
	'{{ 7*7 }}',
]) {
	test(`the id \`${rootId}\` of the root element stays inside of its attributes`, async t => {
		const html = await getDocument(await createSite(t, {}, {rootId}));
		t.like(parsePage(html, rootId), {component: 'Home'});
		t.deepEqual(readElements(html).at(-1), {name: 'div', attributes: {id: rootId}, text: ''});
		t.like(readAsClient(html, rootId), {component: 'Home'});
	});
}

test('hostile names of components and titles stay text', async t => {
	const component = '</title></script><!--<script>{{ 7*7 }}';
	const {agent} = await createApp(t, {manifest, hotFile: false}, ctx => ctx.inertia.render(component));
	const {text} = await agent.get('/').expect(200);
	t.is(readElements(text).find(({name}) => name === 'title')?.text, component);
	t.like(parsePage(text), {component});
});

test('`rootView` gives the whole document, at once or later, from the page, the request and the tags', async t => {
	const rootView: RootView = (page, ctx, tags) =>
		`${page.component}|${ctx.path}|${tags.inertiaVersion()}|${tags.viteAsset('source/logo.svg')}|${tags.vite('source/main.ts')}${tags.inertia()}`;
	for (const view of [rootView, (async (...parts) => rootView(...parts)) satisfies RootView]) {
		const app = await createSite(t, {text: '</script>'}, {rootView: view});
		const {text, headers} = await app.agent.get('/').expect(200);
		t.is(headers['content-type'], 'text/html; charset=utf-8');
		t.is(headers['x-inertia-version'], app.assets.version);
		t.true(text.startsWith(`Home|/|${app.assets.version}|/assets/logo-a.svg|<link`));
		t.is(listUrls(text).at(-1), '/assets/main-a.js');
		t.like(parsePage(text), {component: 'Home', props: {text: '</script>'}});
		t.like((await app.visit('/', app.assets.version)).body, {component: 'Home'});
	}
});

test('the tags of `rootView` carry the nonce of the request and can be taken apart', async t => {
	const rootView: RootView = (_page, _ctx, {vite, inertia, viteAsset, inertiaVersion}) =>
		vite('source/main.ts') + inertia() + viteAsset('source/logo.svg') + inertiaVersion();
	const {agent, errors} = await createApp(t, {manifest, hotFile: false, rootView}, async ctx => {
		ctx.state.cspNonce = '"><b>';
		await ctx.inertia.render('Home');
	});
	const {text, status} = await agent.get('/');
	t.is(status, 200, String(errors[0]));
	t.deepEqual(
		readElements(text)
			.filter(({attributes}) => attributes.src ?? attributes.href)
			.map(({attributes}) => attributes.nonce),
		Array.from({length: 4}, () => '"><b>'),
	);
});

for (const [name, value] of [
	['`undefined`', undefined],
	['`null`', null],
	['a number', 1],
	['a buffer', Buffer.from('x')],
	['an object', {toString: () => 'x'}],
] as const) {
	test(`${name} from \`rootView\` is a \`TemplateError\`, at once and later`, async t => {
		for (const view of [() => value, async () => value]) {
			const app = await createSite(t, {}, {rootView: view as unknown as RootView});
			const error = await t.throwsAsync(getDocument(app), template);
			t.regex(error.message, /^`rootView` must give the document of `Home` as a string, received /);
			t.is((await app.agent.get('/')).headers['x-inertia-version'], undefined);
		}
	});
}

test('what `rootView` throws is the cause of a `TemplateError` that names the page', async t => {
	const cause = new RangeError('out of ink');
	const views: RootView[] = [
		() => {
			throw cause;
		},
		async () => {
			throw cause;
		},
	];
	for (const rootView of views) {
		const error = await t.throwsAsync(getDocument(await createSite(t, {}, {rootView})), template);
		t.is(error.cause, cause);
		t.regex(error.message, /`rootView`.*`Home`.*out of ink/);
	}
});

test('an unknown entry in `rootView` keeps its class', async t => {
	const rootView: RootView = (_page, _ctx, tags) => tags.vite('source/mian.ts');
	await t.throwsAsync(getDocument(await createSite(t, {}, {rootView})), {
		instanceOf: ManifestEntryError,
		message: /Did you mean `source\/main\.ts`\?/,
	});
});

test('`vite()` without a name in `rootView` keeps its class while a dev server runs', async t => {
	const hotFile = path.join(await createDirectory(t), 'hot');
	await writeFile(hotFile, 'http://localhost:5173');
	const rootView: RootView = (_page, _ctx, tags) => tags.vite();
	const app = await createSite(t, {}, {rootView, hotFile, manifest: `${hotFile}.none`});
	await t.throwsAsync(getDocument(app), {instanceOf: OptionError, code: 'ERR_INERTIA_OPTION'});
});
