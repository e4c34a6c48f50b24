import {existsSync} from 'node:fs';
import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {Page} from 'playwright-core';
import {launchBrowser, openTab} from '../helpers/browser.ts';
import {type RunningExample, startExample} from '../helpers/example-application.ts';
import {buildExample} from '../helpers/example-build.ts';
import {signIn, signInByFetch} from '../helpers/example-page.ts';
import {waitFor} from '../helpers/wait-for.ts';

const megabyte = 1024 * 1024;

test.serial('a photo is uploaded in sight, stored under a name of its own and shown to its owner', async t => {
	const example = await startUploads(t);
	const {page, documents, errors, forget} = await openTab(await launchBrowser(t));

	await signIn(page, `${example.url}/diary/3`);
	const photo = Buffer.concat([
		await page.screenshot(),
		Buffer.alloc(4 * megabyte, 'A picture may end with anything.'),
	]);
	forget();

	await slowDown(page, 4 * megabyte);
	const bar = page.getByRole('progressbar', {name: 'Upload'});
	const isUnderWay = async () => {
		const value = Number(await bar.getAttribute('value'));
		return value > 0 && value < 1;
	};

	await choose(page, 'stopped.png', 'image/png', photo);
	await waitFor(isUnderWay);
	await page.getByRole('button', {name: 'Stop'}).click();
	await waitFor(async () => (await bar.count()) === 0);
	t.true(await page.getByRole('button', {name: 'Upload'}).isEnabled());
	t.deepEqual(await listPhotos(example), []);

	await watchProgress(page);
	// Neither its name nor its type is believed.
	await choose(page, '../../évil <b>.html', 'text/html', photo);
	await waitFor(isUnderWay);
	await page.getByText('The photo is in the diary.').waitFor();
	const progress = await page.evaluate<number[]>('window.progress');
	t.true(progress.length > 2);
	t.deepEqual(progress, [...progress].sort());
	t.true(progress.every(value => value > 0 && value <= 1));
	t.is(await bar.count(), 0);

	const [name = '', ...others] = await listPhotos(example);
	t.deepEqual(others, []);
	t.regex(name, /^[\da-f-]{36}\.png$/);
	t.true(photo.equals(await readFile(path.join(example.directory, 'data/photos', name))));
	await waitFor(() => page.evaluate<boolean>('document.querySelector("article img").naturalWidth > 0'));

	const Cookie = await signInByFetch(example.url);
	const answer = await fetch(`${example.url}/photos/${name}`, {headers: {Cookie}});
	t.is(answer.status, 200);
	t.is(answer.headers.get('Content-Type'), 'image/png');
	t.is(answer.headers.get('X-Content-Type-Options'), 'nosniff');
	t.is(answer.headers.get('Content-Security-Policy'), "default-src 'none'; sandbox");
	t.is(answer.headers.get('Cache-Control'), 'private, no-store');

	// Not for strangers, and no other file.
	t.is((await fetch(`${example.url}/photos/${name}`)).status, 404);
	for (const other of ['..%2Fnightbook.db', '%2e%2e%2fnightbook.db', 'none.png']) {
		t.is((await fetch(`${example.url}/photos/${other}`, {headers: {Cookie}})).status, 404);
	}

	// Another one takes its place, and goes with the entry.
	await choose(page, 'second.png', 'image/png', photo.subarray(0, -1));
	await waitFor(async () => !(await listPhotos(example)).includes(name));
	t.is((await listPhotos(example)).length, 1);
	await waitFor(async () => (await bar.count()) === 0);
	page.once('dialog', dialog => dialog.accept());
	await page.getByRole('button', {name: 'Delete'}).click();
	await page.getByText('The entry is gone.').waitFor();
	t.deepEqual(await listPhotos(example), []);
	t.deepEqual(documents, []);
	t.deepEqual(errors, []);
});

test.serial('a file that is no photo, or too large a one, is refused with a message', async t => {
	const example = await startUploads(t);
	const {page, errors} = await openTab(await launchBrowser(t));
	const error = page.locator('.photo-form .error');

	await signIn(page, `${example.url}/diary/3`);
	await page.getByRole('button', {name: 'Upload'}).click();
	await error.getByText('Choose a photo first.').waitFor();

	// It says that it is one.
	await choose(page, 'photo.png', 'image/png', Buffer.from('<script>alert(1)</script>'));
	await error.getByText('This is no photo: JPEG, PNG or WebP, please.').waitFor();
	t.is(await page.getByLabel('Add a photo').getAttribute('aria-invalid'), 'true');

	const start = Buffer.from([0xff, 0xd8, 0xff]);
	await choose(page, 'photo.jpg', 'image/jpeg', Buffer.concat([start, Buffer.alloc(8 * megabyte)]));
	await error.getByText('The photo may have up to 8 MB.').waitFor();

	t.is(example.readDiary().find(({id}) => id === 3)?.photo, '');
	t.deepEqual(await listPhotos(example), []);
	t.is(page.url(), `${example.url}/diary/3`);

	await choose(page, 'photo.jpg', 'image/jpeg', Buffer.concat([start, Buffer.alloc(8 * megabyte - 3)]));
	await page.getByText('The photo is in the diary.').waitFor();
	t.is(await error.count(), 0);
	t.is((await listPhotos(example)).length, 1);
	t.deepEqual(errors, []);
});

async function startUploads(t: ExecutionContext) {
	const example = await startExample(t, await buildExample(t));
	// Koa reports a connection that breaks off, as that of an upload that is stopped.
	example.app.silent = true;
	return example;
}

async function choose(page: Page, name: string, mimeType: string, buffer: Buffer) {
	await page.getByLabel(/photo$/).setInputFiles({name, mimeType, buffer});
	await page.getByRole('button', {name: 'Upload'}).click();
}

async function slowDown(page: Page, bytesPerSecond: number) {
	const session = await page.context().newCDPSession(page);
	await session.send('Network.enable');
	await session.send('Network.emulateNetworkConditions', {
		offline: false,
		latency: 0,
		downloadThroughput: -1,
		uploadThroughput: bytesPerSecond,
	});
}

/** Notes in `window.progress` what the client tells of its uploads. */
async function watchProgress(page: Page) {
	await page.evaluate(`{
		window.progress = [];
		document.addEventListener('inertia:progress', ({detail}) => window.progress.push(detail.progress.progress));
	}`);
}

async function listPhotos({directory}: RunningExample): Promise<string[]> {
	const photos = path.join(directory, 'data/photos');
	return existsSync(photos) ? readdir(photos) : [];
}
