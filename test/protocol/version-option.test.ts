import test from 'ava';
import type {Context} from 'koa';
import {inertia} from 'koa-inertia';
import {createAssets} from 'koa-inertia/assets';
import {VersionError} from 'koa-inertia/errors';
import {createApp} from '../helpers/app.ts';
import {createManifest} from '../helpers/build.ts';

const rootView = (): string => '<!doctype html>';

const refused: Array<[name: string, version: unknown]> = [
	['a line end', 'a\nb'],
	['a space at its end', 'a '],
	['a space at its start', ' a'],
	['a character outside ASCII', 'v1\u2013beta'],
	['an object', {}],
	['an array', ['v1']],
	['a boolean', true],
	['`NaN`', Number.NaN],
	['`Infinity`', Number.POSITIVE_INFINITY],
	['a BigInt', 1n],
	['a symbol', Symbol('v1')],
];
for (const [name, version] of refused) {
	test(`a version with or of ${name} is refused at start`, t => {
		const expected = {instanceOf: VersionError, code: 'ERR_INERTIA_VERSION', message: /`version`.*received/};
		t.throws(() => inertia({version: version as string}), expected);
		t.throws(() => createAssets({version: version as string}), expected);
	});
}

test('a version of the application replaces the hash of the manifest', async t => {
	const {visit, assets} = await createApp(t, {version: 'release 7', manifest: createManifest()});
	t.is(assets.version, 'release 7');
	t.is((await visit('/', 'release 7')).body.version, 'release 7');
	t.is((await visit('/', 'release 6')).status, 409);
});

test('a number becomes text, which the client can send back', async t => {
	const {visit} = await createApp(t, {version: 20261122, rootView});
	t.is((await visit('/', '20261122')).body.version, '20261122');
	t.is((await createApp(t, {version: 0, rootView})).assets.version, '0');
});

for (const version of [null, ''] as const) {
	test(`the version ${JSON.stringify(version)} switches versioning off and demands no manifest`, async t => {
		const {visit, agent, assets} = await createApp(t, {version, rootView, manifest: '/nowhere/manifest.json'});
		t.is(assets.version, '');
		for (const sent of [undefined, '', 'anything']) {
			const response = await visit('/', sent);
			t.is(response.status, 200);
			t.is(response.body.version, '');
		}

		t.is((await agent.post('/').set('X-Inertia', 'true').set('X-Inertia-Version', 'old')).body.version, '');
	});
}

test('a version function gets the context and may be async', async t => {
	const version = async (ctx: Context): Promise<string> => `tenant-${ctx.query.tenant}`;
	const {visit} = await createApp(t, {version, rootView});
	t.is((await visit('/?tenant=a', 'tenant-a')).body.version, 'tenant-a');
	t.is((await visit('/?tenant=b', 'tenant-a')).status, 409);
});

test('a version function may give a number, or `null` to switch versioning off', async t => {
	const values = [7, null, undefined];
	const {visit} = await createApp(t, {version: () => values.shift(), rootView});
	t.is((await visit('/', '7')).body.version, '7');
	t.is((await visit('/', '7')).body.version, '');
	t.is((await visit('/', '7')).body.version, '');
});

const failures: Array<[name: string, version: () => unknown]> = [
	[
		'throws',
		() => {
			throw new Error('no file');
		},
	],
	['rejects', () => Promise.reject(new Error('no connection'))],
	['throws what is no error', () => Promise.reject('nothing')],
	['gives a line end', () => 'a\nb'],
	['gives an object', async () => ({})],
	['never answers', () => new Promise(() => {})],
];
for (const [name, fail] of failures) {
	test(`a version function that ${name} serves each client with its own version, a document with the last good one, and is reported`, async t => {
		let isBroken = false;
		const version = (): string => (isBroken ? (fail() as string) : 'v1');
		const {visit, agent, errors} = await createApp(t, {version, versionTimeout: 50, rootView});
		t.is((await visit('/', 'v1')).status, 200);
		t.deepEqual(errors, []);

		isBroken = true;
		const fresh = await visit('/', 'v1');
		t.is(fresh.status, 200);
		t.is(fresh.body.version, 'v1');
		t.is((await visit('/', 'v0')).body.version, 'v0');
		t.is((await agent.get('/')).headers['x-inertia-version'], 'v1');
		t.is(errors.length, 3);
		for (const error of errors) {
			t.true(error instanceof VersionError);
			t.regex((error as VersionError).message, /`version` function failed: .*No visit is refused/);
		}

		isBroken = false;
		t.is((await visit('/', 'v1')).status, 200);
		t.is(errors.length, 3);
	});
}

test('a failing version function of many tenants refuses nobody by the version of another tenant', async t => {
	let isBroken = false;
	const version = (ctx: Context): string => {
		if (isBroken) throw new Error('no connection');
		return `tenant-${ctx.query.tenant}`;
	};
	const {visit} = await createApp(t, {version, rootView});
	t.is((await visit('/?tenant=a', 'tenant-a')).status, 200);
	isBroken = true;
	t.is((await visit('/?tenant=b', 'tenant-b')).body.version, 'tenant-b');
	isBroken = false;
	t.is((await visit('/?tenant=b', 'tenant-a')).status, 409);
});

test('a version function that fails before it ever worked sends nobody away', async t => {
	let isBroken = true;
	const version = (): string => {
		if (isBroken) throw new Error('not ready');
		return 'v2';
	};
	const {visit, errors} = await createApp(t, {version, rootView});
	const response = await visit('/', 'v1');
	t.is(response.status, 200);
	t.is(response.body.version, 'v1');
	t.is(errors.length, 1);

	isBroken = false;
	t.is((await visit('/', 'v1')).status, 409);
});

test('a version function that answers after its limit changes nothing any more', async t => {
	let answer: (version: string) => void = () => {};
	const versions = ['v1', new Promise<string>(resolve => (answer = resolve)), 'v1'];
	const {visit} = await createApp(t, {version: () => versions.shift(), versionTimeout: 20, rootView});
	t.is((await visit('/', 'v1')).status, 200);
	t.is((await visit('/', 'v1')).status, 200);
	answer('late');
	t.is((await visit('/', 'v1')).status, 200);
});
