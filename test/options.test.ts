import test from 'ava';
import {type InertiaOptions, inertia, OptionError} from 'koa-inertia';
import {createAssets} from 'koa-inertia/assets';
import {createManifest} from './helpers/build.ts';

const manifest = createManifest();

const wrong: Array<[name: string, options: Record<string, unknown>, message: RegExp]> = [
	[
		'an unknown key',
		{manifset: 'x'},
		/no option `manifset`\. Did you mean `manifest`\? Its options are: manifest, version/,
	],
	['a key in another case', {rootid: 'x'}, /Did you mean `rootId`/],
	['a key that is far from all', {somethingElse: 1}, /no option `somethingElse`\. Its options are/],
	['a key of the prototype', {constructor: 1}, /no option `constructor`/],
	['a manifest that is a number', {manifest: 7}, /`manifest` must be a path, a URL or a parsed manifest, received 7/],
	['a manifest that is empty text', {manifest: ''}, /`manifest` must be .* received ""/],
	['a manifest of another protocol', {manifest: new URL('ftp://example.com/m.json')}, /`manifest`.*`ftp:` URL/],
	['a hot file that is `true`', {hotFile: true}, /`hotFile` must be a path or `false`, received true/],
	['a base that is a number', {base: 7}, /`base` must be .* received 7/],
	['a limit of 0', {versionTimeout: 0}, /`versionTimeout`.*received 0/],
	['a limit that a timer can not hold', {versionTimeout: 2 ** 31}, /`versionTimeout`/],
	['views that are a function', {views: () => {}}, /`views`.*received a function/],
	['a view that is no text', {views: ['views', 7]}, /`views`.*received an array/],
	['views that do not exist', {views: '/nowhere/views'}, /`views` names `\/nowhere\/views`, which is no directory/],
	['a template that is an object', {template: {}}, /`template`.*received an object/],
	['a root view that is text', {rootView: '<html>'}, /`rootView` must be a function, received "<html>"/],
	['a root id that is empty', {rootId: ''}, /`rootId`/],
	['shared props that are text', {share: 'x'.repeat(99)}, /`share`.*received a string of 99 characters/],
	['a url that is text', {url: '/'}, /`url` must be a function, received "\/"/],
];
for (const [name, options, message] of wrong) {
	test(`${name} is refused at start`, t => {
		const expected = {instanceOf: OptionError, code: 'ERR_INERTIA_OPTION', message};
		t.true(t.throws(() => inertia({manifest, ...options} as InertiaOptions), expected) instanceof TypeError);
	});
}

test('options that are no object are refused', t => {
	for (const options of [null, 'manifest.json', 7]) {
		t.throws(() => inertia(options as never), {instanceOf: OptionError, message: /takes an object of options/});
	}
});

test('`createAssets` knows its own options only', t => {
	t.throws(() => createAssets({manifest, rootId: 'app'} as never), {
		instanceOf: OptionError,
		message: /no option `rootId`/,
	});
});

test('an option that is `undefined` counts as not given', t => {
	const options: Record<string, unknown> = {manifest, version: undefined, base: undefined, share: undefined};
	t.notThrows(() => inertia(options as InertiaOptions));
});

test('the options of the caller are not changed, and may change later without an effect', t => {
	const options = Object.freeze({manifest, views: Object.freeze([])});
	t.notThrows(() => inertia(options));
});

const bases: Array<[base: string | undefined, url: string]> = [
	[undefined, '/assets/logo-a.svg'],
	['/static', '/static/assets/logo-a.svg'],
	['https://cdn.example.com/build/', 'https://cdn.example.com/build/assets/logo-a.svg'],
];
for (const [base, url] of bases) {
	test(`with the base ${base} an asset is at ${url}`, t => {
		t.is(createAssets({manifest, ...(base && {base})}).url('source/logo.svg'), url);
	});
}
