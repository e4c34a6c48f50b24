import {writeFile} from 'node:fs/promises';
import test from 'ava';
import {createAssets, type Manifest} from 'koa-inertia/assets';
import {ManifestShapeError, ManifestSyntaxError} from 'koa-inertia/errors';
import {createBuild, createManifest} from '../../helpers/build.ts';

const syntax = {instanceOf: ManifestSyntaxError, code: 'ERR_INERTIA_MANIFEST_SYNTAX'} as const;
const shape = {instanceOf: ManifestShapeError, code: 'ERR_INERTIA_MANIFEST_SHAPE'} as const;

const createFrom = (manifest: string) => () => createAssets({manifest, hotFile: false});

test('a manifest half-written at any byte is a `ManifestSyntaxError` with a position inside of it', async t => {
	const text = JSON.stringify(
		{'ä.ts': {file: 'a😀.js', css: ['a.css', 'b.css'], isEntry: true, size: -1.5e3}},
		null,
		1,
	);
	const bytes = Buffer.from(text);
	const build = await createBuild(t, null);
	t.plan(bytes.length * 2 + 1);
	for (let length = 0; length < bytes.length; length += 1) {
		const half = bytes.subarray(0, length);
		await writeFile(build.manifest, half);
		const {message} = t.throws(createFrom(build.manifest), syntax);
		const found = /`.+` is not JSON: (?:(it is empty)|it breaks off or is wrong at line (\d+), column (\d+))\./.exec(
			message,
		);
		const lines = half.toString().split('\n');
		const line = lines[Number(found?.[2]) - 1];
		t.true(found?.[1] ? length === 0 : Number(found?.[3]) <= line!.length + 1, `${length} bytes: ${message}`);
	}

	await writeFile(build.manifest, bytes);
	t.notThrows(createFrom(build.manifest));
});

const mistakes: Array<[name: string, text: string, line: number, column: number]> = [
	['a trailing comma in an object', '{\n\t"a": {"file": "a.js"},\n}', 3, 1],
	['a trailing comma in a list', '{"a": {"file": "a.js", "css": ["a.css",]}}', 1, 40],
	['single quotes', "{'a': 1}", 1, 2],
	['a bare word', '{"a": x}', 1, 7],
	['a bare key', '{a: 1}', 1, 2],
	['a missing colon', '{"a" 1}', 1, 6],
	['a missing comma', '{"a": 1 "b": 2}', 1, 9],
	['a doubled comma', '[1,,2]', 1, 4],
	['a comma at the start', '[,1]', 1, 2],
	['the wrong bracket', '{"a": [1}', 1, 9],
	['text behind the end', '{}\r\n{}', 2, 1],
	['a bracket too many', '{}}', 1, 3],
	['a comment', '{\n\t// built\n}', 2, 2],
	['a byte order mark in the middle', '{"a":\uFEFF1}', 1, 6],
	['a leading zero', '{"a": 01}', 1, 8],
	['a space that JSON does not know', '{\u00a0}', 1, 2],
	['a line end in a string', '{"a": "b\nc"}', 1, 9],
	['a control character in a string', '{\n"abc": "de\u0001f"}', 2, 11],
	['a control character in a key', '{"ab\u0000c": 1}', 1, 5],
	['an unknown escape', String.raw`{"a": "b\xc"}`, 1, 9],
	['a comma behind a byte order mark', '\uFEFF{,}', 1, 2],
	['a page of HTML', '<!doctype html>', 1, 1],
	['a merge conflict', '{\n<<<<<<< HEAD\n}', 2, 1],
	['an end after 100,000 levels', '['.repeat(100_000), 1, 100_001],
];

for (const [name, text, line, column] of mistakes) {
	test(`${name} is found at line ${line}, column ${column}`, async t => {
		const build = await createBuild(t, null);
		await build.writeManifest(text);
		const error = t.throws(createFrom(build.manifest), syntax);
		t.true(error.message.includes(`\`${build.manifest}\``));
		t.regex(error.message, new RegExp(`line ${line}, column ${column}\\.`));
		t.regex(error.message, /npx vite build/);
		t.true(error.cause instanceof SyntaxError);
	});
}

test('a byte order mark in front does no harm, as in a manifest behind http', async t => {
	const build = await createBuild(t);
	const {version} = createAssets({manifest: createManifest(), hotFile: false});
	await build.writeManifest(`\uFEFF${JSON.stringify(createManifest())}`);
	t.is(createFrom(build.manifest)().version, version);
});

test('a manifest that breaks off in a string of 20 MB is a `ManifestSyntaxError`', async t => {
	const build = await createBuild(t, null);
	await build.writeManifest(`{"a": {"file": "${'x'.repeat(20_000_000)}`);
	const error = t.throws(createFrom(build.manifest), syntax);
	t.true(error.message.length < 1000);
});

const shapes: Array<[name: string, text: string, found: RegExp]> = [
	['an array', '[]', /found an array/],
	['a string', '"manifest"', /found "manifest"/],
	['a number', '5', /found 5/],
	['`null`', 'null', /found null/],
	['an entry that is a string', '{"a.ts": "a.js"}', /found "a\.js" for "a\.ts"/],
	['an entry that is `null`', '{"a.ts": null}', /found null for "a\.ts"/],
	['an entry that is an array', '{"a.ts": []}', /found an array for "a\.ts"/],
	['an entry without `file`', '{"a.ts": {"src": "a.ts"}}', /found "a\.ts" without a `file`/],
	['an empty `file`', '{"a.ts": {"file": ""}}', /found "a\.ts" without a `file`/],
	['a `file` that is a number', '{"a.ts": {"file": 1}}', /found "a\.ts" without a `file`/],
	['`imports` that is a string', '{"a.ts": {"file": "a", "imports": "b"}}', /found "a\.ts" with "b" as `imports`/],
	['`imports` of numbers', '{"a.ts": {"file": "a", "imports": [1]}}', /found "a\.ts" with an array as `imports`/],
	['`css` that is `null`', '{"a.ts": {"file": "a", "css": null}}', /found "a\.ts" with null as `css`/],
	['`assets` that is an object', '{"a.ts": {"file": "a", "assets": {}}}', /found "a\.ts" with an object as `assets`/],
	['a `package.json`', '{"name": "site", "private": true}', /found "site" for "name"/],
	['a bad `__proto__` entry', '{"__proto__": {"src": "a"}}', /found "__proto__" without a `file`/],
	['an import that is not there', '{"a.ts": {"file": "a.js", "imports": ["_b.js"]}}', /"a\.ts".*"?_b\.js/],
	['100,000 levels', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, /found an array/],
	[
		'100,000 levels in an entry',
		`{"a": {"file": "a", "x": ${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
		/more levels than/,
	],
];

for (const [name, text, found] of shapes) {
	test(`${name} is not a Vite manifest, in a file and as an object`, async t => {
		const build = await createBuild(t, null);
		await build.writeManifest(text);
		const error = t.throws(createFrom(build.manifest), shape);
		t.regex(error.message, found);
		t.true(error.message.startsWith(`\`${build.manifest}\` is not a Vite manifest`));
		t.regex(error.message, /expected an object of entries that each have a `file`/);

		const value: unknown = JSON.parse(text);
		if (typeof value !== 'object' || value === null) return;
		const ofObject = t.throws(() => createAssets({manifest: value as Manifest, hotFile: false}), shape);
		t.regex(ofObject.message, found);
		t.regex(ofObject.message, /`options\.manifest`/);
	});
}

const circle: Record<string, unknown> = {file: 'a.js'};
circle.self = circle;

const noJson: Array<[name: string, chunk: unknown, mistaken: RegExp]> = [
	['a function', {file: 'a.js', load: () => 1}, /levels/],
	['a BigInt', {file: 'a.js', size: 1n}, /levels/],
	['a circle', circle, /undefined/],
];

for (const [name, chunk, mistaken] of noJson) {
	test(`${name} in a manifest object does no harm, or is told apart from other mistakes`, t => {
		const manifest = {'a.ts': chunk as Manifest[string]};
		try {
			t.regex(createAssets({manifest, hotFile: false}).version, /^[\da-f]{16}$/);
		} catch (error) {
			t.true(error instanceof ManifestShapeError);
			t.notRegex((error as Error).message, mistaken);
		}
	});
}
