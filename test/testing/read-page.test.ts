import {AssertionError} from 'node:assert';
import test from 'ava';
import fc from 'fast-check';
import type {Context} from 'koa';
import {readPage} from 'koa-inertia/testing';
import {createApp} from '../helpers/app.ts';
import {createManifest} from '../helpers/build.ts';
import {readElements} from '../helpers/document.ts';

const options = {manifest: createManifest(), hotFile: false} as const;
const page = {component: 'Home', props: {errors: {}, text: '</script><!--<script>'}, url: '/', version: 'a'};
const script = (value: unknown = page): string =>
	`<script data-page="app" type="application/json">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>`;

test('`readPage` gives the same page from JSON, from a document and from its text', async t => {
	const props = {text: '</script><!--<script>', list: [{name: 'Ø\u2028'}]};
	const {agent, visit, assets} = await createApp(t, options, ctx => ctx.inertia.render('Home', props));
	const document = await agent.get('/users?page=2');
	const expected = readPage(await visit('/users?page=2', assets.version));

	t.like(expected, {component: 'Home', url: '/users?page=2', version: assets.version});
	t.deepEqual(expected.props, {errors: {}, ...props});
	t.deepEqual(readPage(document), expected);
	t.deepEqual(readPage(document.text), expected);
});

test('`readPage` reads the page of an error', async t => {
	const {agent} = await createApp(t, options, ctx => ctx.inertia.render('NotFound', {}, {status: 404}));
	t.is(readPage(await agent.get('/')).component, 'NotFound');
});

const documents: Array<[name: string, html: string]> = [
	['with the attributes in another order', script().replace(/<script (.*?) (.*?)>/, '<script nonce="r" $2 $1>')],
	[
		'with other quotes and capitals',
		script().replace(/<script.*?>/, "<SCRIPT TYPE = 'application/json' data-page=app>"),
	],
	['in several lines', script().replace(/<script (.*?) (.*?)>/, '<script\n\t$1\n\t$2\n>')],
	['after another page in a comment', `<!-- ${script({})} -->${script()}`],
	['after one in an attribute', `<p title='${script({})}'>${script()}`],
	['after one in the text of a script', `<script>x = '<script data-page type="application/json">'</script>${script()}`],
	['after one in a title', `<title>${script({}).replace('</script>', '')}</title>${script()}`],
	[
		'after data for something else',
		`<script type="application/json">{}</script><script data-page>{}</script>${script()}`,
	],
	[
		'in a whole document',
		`<!doctype html>\n<html><head><title>a < b</title></head><body>1 < 2 ${script()}</body></html>`,
	],
];
for (const [name, html] of documents) {
	test(`\`readPage\` finds a script ${name}`, t => {
		t.deepEqual(readPage(html) as unknown, page);
	});
}

const pieces = [
	'<div class="a>b" data-page="x">',
	"<p title='<script>'>",
	'text > "quotes" and \'more\' </p>',
	'a < b',
	'<!-- <script data-page type="application/json"> -->',
	'<style>a::after { content: "<script data-page>" }</style>',
	'<textarea><script data-page type="application/json"></textarea>',
	'<script src=/a.js defer></script >',
	'<script>document.write("<script data-page type=application/json>")</SCRIPT>',
	'<br/>',
	script(),
	script({other: '</script>'}),
	'<script  type=application/json data-page >1</script>',
];

test('`readPage` sees the scripts that an HTML parser sees', t => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...pieces), {maxLength: 12}), chosen => {
			const html = chosen.join('');
			const scripts = readElements(html).filter(
				({name, attributes}) =>
					name === 'script' && 'data-page' in attributes && attributes.type === 'application/json',
			);
			const reading = attempt(() => readPage(html));
			if (scripts.length === 1 && scripts[0]!.text.includes('component')) t.deepEqual(reading as unknown, page);
			else
				t.regex(
					String(reading),
					scripts.length > 1 ? new RegExp(`with ${scripts.length} page scripts`) : /without `component`|received HTML/,
				);
		}),
	);
});

const failures: Array<[name: string, answer: (ctx: Context) => unknown, message: string | RegExp]> = [
	[
		'text',
		ctx => {
			ctx.body = 'plain';
		},
		'received 200, text/plain; charset=utf-8: `plain`. Pages come from `ctx.inertia.render`.',
	],
	[
		'JSON without the header',
		ctx => {
			ctx.body = {component: 'Home', props: {}};
		},
		/received 200, application\/json.*: `\{"component":"Home".*A page has the header `X-Inertia`/,
	],
	[
		'an empty body',
		ctx => {
			ctx.status = 204;
		},
		/received 204, no content type: an empty body\./,
	],
	['a missing route', () => {}, /received 404, text\/plain.*`Not Found`\. Is the route there/],
	[
		'an error',
		() => {
			throw new Error('secret');
		},
		/received 500, text\/plain.*`Internal Server Error`\. The error itself goes to `app\.on\('error'\)`\./,
	],
	['a redirect', ctx => ctx.redirect('/login'), /received a redirect, 302 to `\/login`\. `client\.visit` follows/],
	[
		'a document without a page',
		ctx => {
			ctx.body = `<!doctype html><p>${'a'.repeat(300)}</p>`;
		},
		/received 200, text\/html.*: `<!doctype html><p>a{182}…`\. A document has .* has the root template `\{\{ inertia\(\) \}\}`\?/,
	],
	[
		'a document with two pages',
		ctx => {
			ctx.body = `<!doctype html>${script()}${script()}`;
		},
		/with 2 page scripts.*twice/,
	],
	[
		'a page that is cut off',
		ctx => {
			ctx.body = `<!doctype html>${script().slice(0, 70)}`;
		},
		/received a page that is not JSON: `\{"comp/,
	],
	[
		'JSON that is no page',
		ctx => {
			ctx.set('X-Inertia', 'true');
			ctx.body = [1];
		},
		/received a page without `component` and `props`: `\[1\]`\./,
	],
	[
		'JSON that is nothing',
		ctx => {
			ctx.set('X-Inertia', 'true');
			ctx.type = 'json';
			ctx.body = 'null';
		},
		/received a page without `component` and `props`: `null`\./,
	],
	[
		'bytes',
		ctx => {
			ctx.type = 'application/octet-stream';
			ctx.body = Buffer.from([0, 1]);
		},
		/received 200, application\/octet-stream: an empty body/,
	],
	[
		'the way out of the application',
		ctx => {
			ctx.status = 409;
			ctx.set('X-Inertia-Location', 'https://example.com/');
		},
		/received 409 with `X-Inertia-Location: https:\/\/example\.com\/`: the client would leave/,
	],
	[
		'a redirect to a fragment',
		ctx => {
			ctx.status = 409;
			ctx.set('X-Inertia-Redirect', '/users#list');
		},
		'received 409 with `X-Inertia-Redirect: /users#list`: the client would visit it, since it has a fragment. `client.visit` follows it on the same host.',
	],
];
for (const [name, answer, message] of failures) {
	test(`\`readPage\` says of ${name} what it received and what to do`, async t => {
		const {agent} = await createApp(t, options, async ctx => {
			await answer(ctx);
		});
		const response = await agent.get('/');
		const error = t.throws(() => readPage(response), {instanceOf: AssertionError, code: 'ERR_ASSERTION'})!;
		t.true(error.message.startsWith('There is no page to read: '));
		if (typeof message === 'string') t.is(error.message, `There is no page to read: ${message}`);
		else t.regex(error.message, message);
	});
}

test('`readPage` says of a refused visit which versions there are, and where to load anew', async t => {
	const {visit, assets} = await createApp(t, options);
	const message = (sent: string) =>
		`There is no page to read: received 409 with \`X-Inertia-Location: /users?page=2\`: the client ${sent}, the server has version \`${assets.version}\`. To load the page anew, as a stale client does: \`await client.open('/users?page=2')\`.`;
	const stale = await visit('/users?page=2', 'old');
	t.throws(() => readPage(stale), {message: message('has version `old`')});
	const early = await visit('/users?page=2');
	t.throws(() => readPage(early), {message: message('sent no version, since it has no page yet')});
	const {status, headers, text} = stale;
	t.throws(() => readPage({status, headers, text}), {message: message('has another version')});
});

test('an error of `readPage` begins at the line that called it', t => {
	const error = t.throws(() => readPage('<p>'))!;
	t.regex(error.stack!.split('\n').find(line => line.includes(' at '))!, /read-page\.test\.ts/);
});

function attempt(read: () => unknown): unknown {
	try {
		return read();
	} catch (error) {
		return error;
	}
}
