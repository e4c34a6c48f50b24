import {writeFile} from 'node:fs/promises';
import test, {type ExecutionContext} from 'ava';
import type {InertiaOptions} from 'koa-inertia';
import {createApp, type RunningApp} from '../helpers/app.ts';
import {createDirectory, createManifest} from '../helpers/build.ts';
import {readElements} from '../helpers/document.ts';
import {listTags} from '../helpers/tags.ts';

const hash = `sha384-${'A'.repeat(64)}`;
const manifest = Object.fromEntries(
	Object.entries(createManifest()).map(([key, chunk]) => [key, {...chunk, integrity: hash}]),
);

const createWithNonce = async (t: ExecutionContext, nonce: unknown, options?: InertiaOptions): Promise<RunningApp> =>
	createApp(t, {manifest, hotFile: false, ...options}, ctx => {
		ctx.state.cspNonce = nonce;
		return ctx.inertia.render('Home');
	});

test('the nonce is on every tag, and first in the element where lazy chunks look for it', async t => {
	const {agent} = await createWithNonce(t, 'r4nd0m');
	const {text} = await agent.get('/').expect(200);
	const tags = listTags(text);
	t.true(tags.length > 5);
	t.true(tags.some(({attributes}) => attributes.type === 'importmap'));
	for (const {attributes} of tags) t.is(attributes.nonce, 'r4nd0m');
	const elements = readElements(text);
	const metas = elements.filter(({attributes}) => attributes.property === 'csp-nonce');
	t.deepEqual(
		metas.map(({name, attributes}) => [name, attributes]),
		[['meta', {property: 'csp-nonce', nonce: 'r4nd0m'}]],
	);
	const firstLoad = elements.findIndex(({name}) => name === 'link' || name === 'script');
	t.true(elements.indexOf(metas[0]!) < firstLoad);
});

test('several calls have one such element, and the tags of each have the nonce', async t => {
	const views = await createDirectory(t);
	await writeFile(
		`${views}/app.njk`,
		"{{ viteReactRefresh() }}{{ vite('source/main.ts') }}{{ vite('source/admin.ts') }}{{ inertia() }}",
	);
	const {agent} = await createWithNonce(t, 'r4nd0m', {views, template: 'app.njk'});
	const {text} = await agent.get('/').expect(200);
	t.is(text.match(/csp-nonce/g)?.length, 1);
	const tags = listTags(text);
	t.is(tags.filter(({attributes}) => attributes.type === 'importmap').length, 1);
	t.is(tags.filter(({attributes}) => attributes.src).length, 2);
	for (const {attributes} of tags) t.is(attributes.nonce, 'r4nd0m');
});

test('the tags of the dev server have the nonce too', async t => {
	const directory = await createDirectory(t);
	await writeFile(`${directory}/hot`, 'http://localhost:5173\n');
	const views = await createDirectory(t);
	await writeFile(`${views}/app.njk`, "{{ viteReactRefresh() }}{{ vite('source/main.ts') }}{{ inertia() }}");
	const {agent} = await createWithNonce(t, 'r4nd0m', {hotFile: `${directory}/hot`, views, template: 'app.njk'});
	const {text} = await agent.get('/').expect(200);
	const tags = listTags(text);
	t.is(tags.length, 3);
	for (const {attributes} of tags) t.is(attributes.nonce, 'r4nd0m');
	t.is(text.match(/csp-nonce/g)?.length, 1);
});

for (const [title, nonce, expected] of [
	['a quote', 'a"b\'c', 'a"b\'c'],
	['a tag', '"><script>alert(1)</script>', '"><script>alert(1)</script>'],
	['a line break', 'a\r\nSet-Cookie: x=1\n', 'a\nSet-Cookie: x=1\n'],
	['a semicolon', 'a"; rel=stylesheet; x="', 'a"; rel=stylesheet; x="'],
	['a backslash', 'a\\', 'a\\'],
	['an emoji', '😀', '😀'],
	['half an emoji', '\ud800', '\ufffd'],
	['a NUL', 'a\u0000b', 'a\ufffdb'],
	['replacement patterns', '$&$1$`', '$&$1$`'],
	['10,000 characters', 'x'.repeat(10_000), 'x'.repeat(10_000)],
	['a number', 42, '42'],
] as const) {
	test(`a nonce of or with ${title} stays inside of its attribute, and the header is one`, async t => {
		const {agent, errors} = await createWithNonce(t, nonce, {earlyHints: true});
		for (let round = 0; round < 2; round += 1) {
			const {text, headers} = await agent.get('/').expect(200);
			const tags = listTags(text);
			t.is(tags.length, 7);
			for (const {attributes} of tags) t.is(attributes.nonce, expected);
			t.is(headers['set-cookie'], undefined);
			for (const value of String(headers.link ?? '')
				.split(', ')
				.filter(Boolean)) {
				t.regex(
					value,
					/^<[^<>"\s]+>; rel=(?:modulepreload|preload; as=style)(?:; integrity="[^"]+")?(?:; nonce="42")?$/,
				);
			}
		}

		t.deepEqual(errors, []);
	});
}

for (const [title, nonce] of [
	['`undefined`', undefined],
	['`null`', null],
	['`false`', false],
	['empty text', ''],
] as const) {
	test(`${title} is no nonce`, async t => {
		const {agent} = await createWithNonce(t, nonce);
		const {text, headers} = await agent.get('/').expect(200);
		t.notRegex(text, /nonce/);
		t.notRegex(headers.link!, /nonce/);
	});
}

for (const [title, nonce] of [
	['an object', {}],
	['an object without a prototype', Object.create(null)],
	['a symbol', Symbol('x')],
	['`true`', true],
] as const) {
	test(`${title} as a nonce is an error of the package`, async t => {
		const {agent, errors} = await createWithNonce(t, nonce, {earlyHints: true});
		await agent.get('/').expect(500);
		t.like(errors[0], {code: 'ERR_INERTIA_OPTION'});
		t.regex((errors[0] as Error).message, /ctx\.state\.cspNonce/);
	});
}

test('each request has its own nonce', async t => {
	const {agent} = await createApp(t, {manifest, hotFile: false}, ctx => {
		ctx.state.cspNonce = ctx.query.n;
		return ctx.inertia.render('Home');
	});
	for (const nonce of ['one', 'two', undefined, 'three']) {
		const {text, headers} = await agent.get(nonce ? `/?n=${nonce}` : '/');
		t.deepEqual([...new Set(listTags(text).map(({attributes}) => attributes.nonce))], [nonce]);
		t.is(headers.link!.includes('nonce='), nonce !== undefined);
	}
});
