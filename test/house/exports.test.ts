import {readFile} from 'node:fs/promises';
import test from 'ava';
import {InertiaError, inertia, OptionError, ValidationError} from 'koa-inertia';
import {createAssets} from 'koa-inertia/assets';
import * as errors from 'koa-inertia/errors';
import {createClient, type TestAgent} from 'koa-inertia/testing';
import {koaInertia} from 'koa-inertia/vite';

const names: Record<string, string[]> = {
	'koa-inertia': [
		'InertiaError',
		'OptionError',
		'ValidationError',
		'always',
		'csrf',
		'deepMerge',
		'defer',
		'encryptHistory',
		'inertia',
		'merge',
		'once',
		'optional',
		'page',
		'prepend',
		'scroll',
	],
	'koa-inertia/assets': ['createAssets'],
	'koa-inertia/errors': [
		'BodyMissingError',
		'HotFileError',
		'InertiaError',
		'ManifestEntryError',
		'ManifestError',
		'ManifestIncompleteError',
		'ManifestMissingError',
		'ManifestShapeError',
		'ManifestSyntaxError',
		'ManifestUnreadableError',
		'OptionError',
		'PropError',
		'PropLoadError',
		'SchemaError',
		'SessionMissingError',
		'SessionSizeError',
		'TemplateError',
		'ValidationError',
		'VersionError',
	],
	'koa-inertia/nunjucks': ['addInertia'],
	'koa-inertia/testing': ['createClient', 'readPage'],
	'koa-inertia/vite': ['koaInertia', 'viteMiddleware'],
};
for (const [entry, expected] of Object.entries(names)) {
	test(`\`${entry}\` exports its public names and nothing else`, async t => {
		t.deepEqual(Object.keys(await import(entry)).sort(), expected);
	});
}

test('the package has no entry beside these', async t => {
	const {exports} = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
	const entries = Object.keys(exports).map(entry => entry.replace(/^\./, 'koa-inertia'));
	t.deepEqual(entries, [...Object.keys(names), 'koa-inertia/package.json']);
});

test('an error is of the same class, whichever entry throws it', t => {
	t.is(InertiaError, errors.InertiaError);
	t.is(OptionError, errors.OptionError);
	t.is(ValidationError, errors.ValidationError);
	const wrong: object = {wrong: true};
	t.throws(() => inertia(wrong), {instanceOf: errors.OptionError});
	t.throws(() => createAssets(wrong), {instanceOf: errors.OptionError});
	t.throws(() => createAssets({manifest: 'missing.json'}), {instanceOf: errors.ManifestMissingError});
	t.throws(() => createClient({} as TestAgent, wrong), {instanceOf: errors.OptionError});
	t.throws(() => koaInertia(wrong), {instanceOf: errors.OptionError});
});
