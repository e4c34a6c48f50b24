import {writeFile} from 'node:fs/promises';
import test, {type ExecutionContext} from 'ava';
import type {Context, Middleware} from 'koa';
import {type InertiaOptions, OptionError} from 'koa-inertia';
import type {Manifest} from 'koa-inertia/assets';
import {createApp, type RunningApp} from '../helpers/app.ts';
import {createDirectory} from '../helpers/build.ts';
import {parseLinks} from '../helpers/links.ts';
import {listTags} from '../helpers/tags.ts';

const manifest: Manifest = {
	'_card.js': {file: 'card.js', css: ['card.css']},
	'_vendor.js': {file: 'vendor.js'},
	'source/main.ts': {file: 'main.js', isEntry: true, imports: ['_vendor.js'], css: ['main.css']},
	'source/admin.ts': {file: 'admin.js', isEntry: true, imports: ['_vendor.js']},
	'source/pages/Home.tsx': {file: 'home.js', css: ['home.css'], imports: ['source/main.ts', '_card.js']},
};
const call = "{{ vite('source/main.ts', {page: page}) }}";

const create = async (
	t: ExecutionContext,
	options: InertiaOptions = {},
	handler: Middleware = ctx => ctx.inertia.render('Home'),
	template = call,
): Promise<RunningApp> => {
	const views = await createDirectory(t);
	await writeFile(`${views}/app.njk`, `${template}{{ inertia() }}`);
	return createApp(t, {manifest, hotFile: false, views, template: 'app.njk', ...options}, handler);
};

const order = ['/main.css', '/card.css', '/home.css', '/main.js', '/home.js', '/vendor.js', '/card.js'];

test('a document names what it loads: stylesheets, the entry, the page, the rest', async t => {
	const {agent} = await create(t);
	const {headers, text} = await agent.get('/').expect(200);
	const links = parseLinks(headers.link!);
	t.deepEqual(
		links.map(({target}) => target),
		order,
	);
	t.deepEqual(links[0]!.parameters, {rel: 'preload', as: 'style'});
	t.deepEqual(links[3]!.parameters, {rel: 'modulepreload'});
	const urls = listTags(text).map(({attributes: {src, href}}) => src ?? href);
	t.deepEqual(urls.toSorted(), order.toSorted());
});

test('each file is named once, whatever the number of calls', async t => {
	const {agent} = await create(t, {}, undefined, `${call}{{ vite('source/admin.ts', 'source/main.ts') }}`);
	const {headers} = await agent.get('/').expect(200);
	const targets = parseLinks(headers.link!).map(({target}) => target);
	t.deepEqual(targets, [...order, '/admin.js']);
});

test('HEAD has the header of GET', async t => {
	const {agent} = await create(t);
	const {headers} = await agent.get('/').expect(200);
	const head = await agent.head('/').expect(200);
	t.truthy(headers.link);
	t.is(head.headers.link, headers.link);
});

test('the header never takes more than `preloadBudget` bytes, and has the most urgent first', async t => {
	const views = await createDirectory(t);
	await writeFile(`${views}/app.njk`, `${call}{{ inertia() }}`);
	const full = (await (await create(t)).agent.get('/')).headers.link!;
	const values = full.split(', ');
	for (const nonce of [undefined, 'r4nd0m==']) {
		for (const budget of [
			1,
			20,
			38,
			39,
			40,
			80,
			100,
			150,
			200,
			full.length - 1,
			full.length,
			10_000,
			Number.POSITIVE_INFINITY,
		]) {
			const {agent} = await create(t, {preloadBudget: budget}, ctx => {
				ctx.state.cspNonce = nonce;
				return ctx.inertia.render('Home');
			});
			const link = (await agent.get('/').expect(200)).headers.link ?? '';
			t.true(link.length <= budget, `${link.length} of ${budget}`);
			const suffix = nonce ? `; nonce="${nonce}"` : '';
			const fitting = values.map((_, index) =>
				values
					.slice(0, index + 1)
					.map(value => value + suffix)
					.join(', '),
			);
			t.is(link, fitting.filter(text => text.length <= budget).at(-1) ?? '', String(budget));
		}
	}
});

test('a `preloadBudget` of 0 sends none, and a wrong one is refused', async t => {
	const {agent} = await create(t, {preloadBudget: 0});
	t.is((await agent.get('/').expect(200)).headers.link, undefined);
	for (const preloadBudget of [-1, Number.NaN, '2000', null] as number[]) {
		await t.throwsAsync(create(t, {preloadBudget}), {instanceOf: OptionError});
	}
});

test('5,000 preloads keep to the budget of 1,000 bytes', async t => {
	const keys = Array.from({length: 5000}, (_, index) => `_${index}.js`);
	const many = {
		...Object.fromEntries(keys.map(key => [key, {file: `assets/chunk${key}`}])),
		'source/main.ts': {file: 'main.js', isEntry: true, imports: keys},
	};
	const {agent} = await create(t, {manifest: many});
	const {headers, text} = await agent.get('/').expect(200);
	t.is(listTags(text).length, 5001);
	t.true(headers.link!.length <= 1000 && headers.link!.length > 900);
});

const answers: ReadonlyArray<readonly [title: string, status: number, handler: (ctx: Context) => unknown]> = [
	['a redirect', 302, ctx => ctx.redirect('/else')],
	[
		'a redirect in place of a document',
		302,
		async ctx => {
			await ctx.inertia.render('Home');
			ctx.redirect('/else');
		},
	],
	['`ctx.inertia.location()`', 302, ctx => ctx.inertia.location('/else')],
	['JSON of the application', 200, ctx => (ctx.body = {a: 1})],
	['HTML of the application', 200, ctx => (ctx.body = '<p>Hello')],
	[
		'HTML in place of a document',
		200,
		async ctx => {
			await ctx.inertia.render('Home');
			ctx.body = '<p>Hello';
		},
	],
	[
		'nothing in place of a document',
		204,
		async ctx => {
			await ctx.inertia.render('Home');
			ctx.body = null;
		},
	],
	['an error that Koa answers', 418, ctx => ctx.throw(418)],
	[
		'an error after a document',
		500,
		async ctx => {
			await ctx.inertia.render('Home');
			throw new Error('broken');
		},
	],
	['nothing at all', 404, () => undefined],
];

for (const [title, status, handler] of answers) {
	test(`${title} has no such header`, async t => {
		const {agent} = await create(t, {}, async ctx => {
			await handler(ctx);
		});
		const {headers} = await agent.get('/').set('Accept', 'text/html').expect(status);
		t.is(headers.link, undefined);
	});
}

test('visits have no such header: neither a page as JSON nor a 409', async t => {
	const app = await create(t);
	const {headers} = await app.visit('/', app.assets.version).expect(200);
	t.is(headers.link, undefined);
	const stale = await app.visit('/', 'stale').expect(409);
	t.is(stale.headers.link, undefined);
});

test('the page of an error has the header of its own document', async t => {
	for (const share of [undefined, () => ({user: () => Promise.reject(new Error('no database'))})]) {
		const {agent} = await create(t, {errorPage: () => 'Error', ...(share && {share})}, async ctx => {
			if (!share) await ctx.inertia.render('Home');
			throw new Error('broken');
		});
		const {headers} = await agent.get('/').set('Accept', 'text/html').expect(500);
		const targets = parseLinks(headers.link!).map(({target}) => target);
		t.deepEqual(targets, ['/main.css', '/main.js', '/vendor.js']);
	}
});

test('of two documents the last one counts', async t => {
	const {agent} = await create(t, {}, async ctx => {
		await ctx.inertia.render('Home');
		await ctx.inertia.render('Other');
	});
	const targets = parseLinks((await agent.get('/')).headers.link!).map(({target}) => target);
	t.deepEqual(targets, ['/main.css', '/main.js', '/vendor.js']);
});

test('a `Link` header of the application stays', async t => {
	for (const own of ['<https://example.com/>; rel="canonical"', ['</a>; rel=prev', '</b>; rel=next']]) {
		const {agent} = await create(t, {}, ctx => {
			ctx.set('Link', own);
			return ctx.inertia.render('Home');
		});
		const {headers} = await agent.get('/').expect(200);
		const targets = parseLinks(headers.link!).map(({target}) => target);
		t.deepEqual(targets, [...parseLinks([own].flat().join(', ')).map(({target}) => target), ...order]);
	}
});

test('while the dev server runs there is none', async t => {
	const directory = await createDirectory(t);
	await writeFile(`${directory}/hot`, 'http://localhost:5173\n');
	const {agent} = await create(t, {hotFile: `${directory}/hot`});
	const {headers, text} = await agent.get('/').expect(200);
	t.regex(text, /@vite\/client/);
	t.is(headers.link, undefined);
});

test('odd names give one value each, for the same URLs as the tags', async t => {
	const names = ["it's <odd> one", 'a, b; c="d"', 'ü 😀', '100%', 'a%20b', 'x\ny', '[a](b)', '\\back', '\ud800', '<>'];
	const odd = Object.fromEntries(names.map(name => [name, {file: `${name}.js`, isEntry: true, css: [`${name}.css`]}]));
	for (const base of ['/', 'https://cdn.example.com/"> ,é;/', 'http://[::1]:8080/', '//cdn.example.com/a b/']) {
		const {agent, errors} = await create(
			t,
			{manifest: odd, base, preloadBudget: 10_000, earlyHints: true},
			undefined,
			'{{ vite() }}',
		);
		for (let round = 0; round < 2; round += 1) {
			const {headers, text} = await agent.get('/').expect(200);
			t.deepEqual(errors, []);
			t.regex(headers.link!, /^[ -~]+$/);
			const targets = parseLinks(headers.link!).map(({target}) => target);
			t.is(targets.length, 2 * names.length);
			const site = 'https://example.com/';
			const urls = listTags(text).map(
				({attributes: {src, href}}) =>
					new URL((src ?? href)!.replaceAll('\\', '%5C').replaceAll('\n', '%0A'), site).href,
			);
			t.deepEqual(
				targets.map(target => new URL(target, site).href),
				urls,
			);
		}
	}
});

test('the header says how a file is loaded, as its tag does', async t => {
	const attributes =
		"script={crossOrigin: 'use-credentials'}, stylesheet={crossorigin: 'anonymous'}, preload={crossorigin: false}";
	const base = 'https://cdn.example.com/';
	const plain = parseLinks((await (await create(t, {base})).agent.get('/')).headers.link!);
	t.true(plain.every(({parameters}) => parameters.crossorigin === ''));
	const {agent} = await create(t, {base}, undefined, `{{ vite('source/main.ts', ${attributes}) }}`);
	const links = parseLinks((await agent.get('/').expect(200)).headers.link!);
	t.deepEqual(
		links.map(({parameters}) => parameters),
		[
			{rel: 'preload', as: 'style', crossorigin: ''},
			{rel: 'modulepreload', crossorigin: 'use-credentials'},
			{rel: 'modulepreload'},
		],
	);
});

test('a script that is no module and a stylesheet for another medium are not named', async t => {
	const attributes = "script={type: 'text/plain'}, stylesheet={media: 'print'}";
	const {agent} = await create(t, {}, undefined, `{{ vite('source/main.ts', ${attributes}) }}`);
	const links = parseLinks((await agent.get('/').expect(200)).headers.link!);
	t.deepEqual(
		links.map(({target}) => target),
		['/vendor.js'],
	);
});

test('hashes that no header can carry leave their file out', async t => {
	for (const integrity of ['sha384-a sha512-b', 'a"; rel=stylesheet', 'a\r\nX: y', 'ü']) {
		const hashed = {'source/main.ts': {file: 'main.js', isEntry: true, css: ['main.css'], cssIntegrity: [integrity]}};
		const {agent, errors} = await create(t, {manifest: hashed, earlyHints: true});
		for (let round = 0; round < 2; round += 1) {
			const {headers} = await agent.get('/').expect(200);
			t.deepEqual(parseLinks(headers.link!), [{target: '/main.js', parameters: {rel: 'modulepreload'}}]);
			t.is(headers.x, undefined);
		}

		t.deepEqual(errors, []);
	}
});

const mapped: Readonly<Record<string, Manifest>> = {
	hashes: {...manifest, '_vendor.js': {file: 'vendor.js', integrity: 'sha384-vendor'}},
	'names that stay': {...manifest, '_vendor.js': {file: 'vendor.js', importMap: {vendor: '/vendor.js'}}},
};
for (const [name, own] of Object.entries(mapped)) {
	test(`no module comes before an import map with ${name}, so the header has stylesheets alone`, async t => {
		for (const template of [call, `${call}{{ vite('source/admin.ts', script={id: 'x'}) }}`]) {
			const {agent} = await create(t, {manifest: own, preloadBudget: 10_000}, undefined, template);
			const {headers, text} = await agent.get('/').expect(200);
			const styles = ['/main.css', '/card.css', '/home.css'];
			t.deepEqual(
				parseLinks(headers.link!),
				styles.map(target => ({target, parameters: {rel: 'preload', as: 'style'}})),
			);
			const modules = listTags(text).filter(({attributes: {rel}}) => rel === 'modulepreload');
			t.deepEqual(modules.map(({attributes: {href}}) => href).toSorted(), ['/card.js', '/home.js', '/vendor.js']);
		}
	});
}
