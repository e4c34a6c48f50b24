import {writeFile} from 'node:fs/promises';
import test from 'ava';
import {OptionError} from 'koa-inertia';
import {type Assets, type Attributes, createAssets, type TagOptions} from 'koa-inertia/assets';
import nunjucks from 'nunjucks';
import {createApp, getDocument} from '../../helpers/app.ts';
import {createDirectory, createManifest} from '../../helpers/build.ts';
import {countKept} from '../../helpers/count-kept.ts';
import {readElements} from '../../helpers/document.ts';
import {listSnapshotTags, takeSnapshot} from '../../helpers/snapshot-tags.ts';
import {listTags} from '../../helpers/tags.ts';

const entry = 'source/main.ts';
const cdn = 'https://cdn.example.com/';
const create = (base = '/'): Assets => createAssets({manifest: createManifest(), base, hotFile: false});

/** The attributes of the tag of one kind. */
const read = (html: string, kind: 'script' | 'stylesheet' | 'modulepreload'): Record<string, string> => {
	const tags = listTags(html).filter(({name, attributes: {rel}}) => (name === 'script' ? name : rel) === kind);
	return tags.at(-1)!.attributes;
};

const withScript = (script: Record<string, unknown>): TagOptions => ({script: script as Attributes});

test('attributes go to the kind of tag that they are meant for', t => {
	const attributes = {script: {'data-a': 1}, stylesheet: {media: 'screen'}, preload: {fetchpriority: 'low'}};
	const html = create().tags(entry, attributes);
	t.deepEqual(read(html, 'script'), {type: 'module', src: '/assets/main-a.js', 'data-a': '1'});
	t.deepEqual(read(html, 'stylesheet'), {rel: 'stylesheet', href: '/assets/main-a.css', media: 'screen'});
	t.deepEqual(read(html, 'modulepreload'), {rel: 'modulepreload', href: '/assets/shared-a.js', fetchpriority: 'low'});
});

test('`true` is an attribute without a value, `false` and `null` are none, and numbers are text', t => {
	const html = create().tags(
		entry,
		withScript({async: true, defer: false, id: null, 'data-n': 0, 'data-x': Number.NaN}),
	);
	t.regex(html, /<script type="module" src="\/assets\/main-a\.js" async data-n="0" data-x="NaN"><\/script>/);
});

test('an attribute that the tag has is replaced, in whatever case its name is', t => {
	const assets = create(cdn);
	t.is(read(assets.tags(entry), 'script').crossorigin, '');
	for (const name of ['crossorigin', 'crossOrigin', 'CROSSORIGIN']) {
		const html = assets.tags(entry, withScript({[name]: 'use-credentials'}));
		t.is(html.match(/crossorigin="use-credentials"/gi)?.length, 1);
		t.is(read(html, 'script').crossorigin, 'use-credentials');
		t.is(read(html, 'modulepreload').crossorigin, '');
	}

	t.is(read(assets.tags(entry, withScript({TYPE: 'text/plain'})), 'script').type, 'text/plain');
	t.false('crossorigin' in read(assets.tags(entry, withScript({crossorigin: false})), 'script'));
});

test('`undefined`, which a misspelt variable is in a template, leaves the tag as it is', t => {
	const assets = create(cdn);
	t.is(
		assets.tags(entry, withScript({type: undefined, crossOrigin: undefined, 'data-x': undefined})),
		assets.tags(entry),
	);
	t.is(assets.tags(entry, {stylesheet: undefined} as object), assets.tags(entry));
});

test('hostile values stay inside of their attributes', t => {
	const values = ['"><script>alert(1)</script>', "' onload='x", '&quot;&amp;', '$& $1', '\n</script>', '\u0000', '😀'];
	for (const value of values) {
		const html = create().tags(entry, withScript({'data-x': value}));
		const tags = listTags(html);
		t.is(tags.length, 4);
		// The parser of HTML has no place for this character.
		t.is(read(html, 'script')['data-x'], value.replace('\u0000', '\ufffd'));
	}
});

test('text that a template marks as safe is escaped too', t => {
	const safe = new nunjucks.runtime.SafeString('"><b>');
	t.is(read(create().tags(entry, withScript({'data-x': safe})), 'script')['data-x'], '"><b>');
});

for (const name of ['', 'a b', 'a"', "a'", 'a<', 'a>', 'a/', 'a=', 'a\n', 'a\u0000', 'a\u00a0', '><script>']) {
	test(`${JSON.stringify(name)} is no name of an attribute`, t => {
		const error = t.throws(() => create().tags(entry, withScript({[name]: 'x'})), {instanceOf: OptionError});
		t.true(error.message.includes(JSON.stringify(name)));
	});
}

for (const [title, value] of [
	['an object', {a: 1}],
	['a list', ['a']],
	['a function', () => 'x'],
	['a symbol', Symbol('x')],
	['a `bigint`', 1n],
] as const) {
	test(`${title} is no value of an attribute`, t => {
		t.throws(() => create().tags(entry, withScript({'data-x': value})), {
			instanceOf: OptionError,
			code: 'ERR_INERTIA_OPTION',
			message: /received .* for "data-x"/,
		});
	});
}

test('what is no object of attributes is refused, and an unknown kind of tag gets its nearest', t => {
	const ask = (options: object) => () => create().tags(entry, options);
	for (const options of [{script: ['defer']}, {script: 'defer'}, {stylesheet: []}, {preload: null}]) {
		t.throws(ask(options), {instanceOf: OptionError}, JSON.stringify(options));
	}

	t.throws(ask({scripts: {}}), {instanceOf: OptionError, message: /Did you mean `script`\?/});
});

test('a nonce among the attributes is refused, since it belongs to every tag', t => {
	const error = t.throws(() => create().tags(entry, withScript({Nonce: 'x'})), {instanceOf: OptionError});
	t.regex(error.message, /ctx\.state\.cspNonce/);
});

test('the same attributes are checked and used while the dev server runs', async t => {
	const directory = await createDirectory(t);
	await writeFile(`${directory}/hot`, 'http://localhost:5173\n');
	const assets = createAssets({manifest: createManifest(), hotFile: `${directory}/hot`});
	const html = assets.tags(entry, withScript({'Data-X': '"', type: undefined}));
	t.deepEqual(read(html, 'script'), {type: 'module', src: 'http://localhost:5173/source/main.ts', 'data-x': '"'});
	t.throws(() => assets.tags(entry, withScript({'a b': 1})), {instanceOf: OptionError});
	t.throws(() => assets.tags(entry, withScript({nonce: 'x'})), {instanceOf: OptionError});
});

test('a Nunjucks template takes attributes as an object and by name', async t => {
	const directory = await createDirectory(t);
	const script = "{'data-turbo-track': 'reload', defer: true}";
	await writeFile(`${directory}/object.njk`, `{{ vite('${entry}', {script: ${script} }) }}{{ inertia() }}`);
	await writeFile(`${directory}/named.njk`, `{{ vite('${entry}', script=${script}) }}{{ inertia() }}`);
	for (const template of ['object.njk', 'named.njk']) {
		const app = await createApp(t, {manifest: createManifest(), hotFile: false, views: directory, template});
		const {attributes} = readElements(await getDocument(app)).find(({attributes: {src}}) => src)!;
		t.deepEqual(attributes, {type: 'module', src: '/assets/main-a.js', 'data-turbo-track': 'reload', defer: ''});
	}
});

test('the tags of requests with attributes of their own are right, and few of them are kept', async t => {
	const snapshot = await takeSnapshot(create());
	const references = Array.from({length: 20_000}, (_, index) => {
		const script = {'data-id': `${index} ${'x'.repeat(200)}`};
		const attributes = {script, stylesheet: {}, preload: {}};
		const list = listSnapshotTags(snapshot, {entries: [entry], attributes, key: JSON.stringify(script)});
		t.true(list.render().includes(`data-id="${index} x`));
		return new WeakRef(list);
	});
	const kept = await countKept(references);
	t.true(kept < 2000, `${kept} of ${references.length}`);
});
