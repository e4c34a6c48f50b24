import {once} from 'node:events';
import {readFile} from 'node:fs/promises';
import {createSecureServer, type Http2SecureServer} from 'node:http2';
import type {AddressInfo, Socket} from 'node:net';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import Koa from 'koa';
import {inertia} from 'koa-inertia';
import type {Page} from 'playwright-core';
import {launchBrowser, openTab} from '../helpers/browser.ts';
import {createCertificate} from '../helpers/certificate.ts';
import {startExample} from '../helpers/example-application.ts';
import {buildExample, type Change} from '../helpers/example-build.ts';
import {serve} from '../helpers/serve.ts';
import {waitFor} from '../helpers/wait-for.ts';

const entry = /\/main-[\w-]+\.js$/;
const stylesheet = /\/main-[\w-]+\.css$/;
const about = /\/About-[\w-]+\.js$/;

/** A build without hashes has no import map, and so its modules stand in the header too. */
const withoutHashes: Change = {file: 'vite.config.ts', from: 'integrity: true', to: 'integrity: false'};
/** Chunks import each other by names that stay, and the import map says where they are. */
const withStableNames: Change = {
	file: 'vite.config.ts',
	from: 'root: import.meta.dirname,',
	to: 'root: import.meta.dirname, build: {chunkImportMap: true},',
};

/** Milliseconds after which Chromium has complained of a preload that isn't used. */
const untilComplaint = 4500;

for (const [name, hasHeader] of [
	['the tags', false],
	['the tags and the `Link` header', true],
] as const) {
	test.serial(
		`by ${name} a first load asks once for each file, and for the page's before the entry is there`,
		async t => {
			const example = await startExample(t, await buildExample(t, [withoutHashes]));
			// Koa reports a connection that the browser closes.
			example.app.silent = true;
			const requests: string[] = [];
			const gate = createGate();
			const answer = example.app.callback();
			const url = await serve(t, async (request, response) => {
				requests.push(request.url ?? '');

				if (entry.test(request.url ?? '')) {
					await gate.opened;
				}

				if (!hasHeader) {
					response.setHeader = (key, value) =>
						key.toLowerCase() === 'link'
							? response
							: Object.getPrototypeOf(response).setHeader.call(response, key, value);
				}

				void answer(request, response);
			});
			const {page, errors} = await openTab(await launchBrowser(t));
			const messages = watchConsole(page);
			const session = await page.context().newCDPSession(page);
			await session.send('Network.enable');
			await session.send('Network.setCacheDisabled', {cacheDisabled: true});

			const document = await page.goto(`${url}/about`, {waitUntil: 'commit'});
			t.is(/rel=modulepreload/.test(document?.headers().link ?? ''), hasHeader);
			await waitFor(() => [entry, stylesheet, about].every(file => requests.some(request => file.test(request))));
			t.is(await page.locator('h1').count(), 0);

			gate.open();
			await page.getByRole('heading', {name: 'How this page stays up to date'}).waitFor();

			if (hasHeader) {
				await page.waitForTimeout(untilComplaint);
			}

			t.deepEqual([...requests].sort(), [...new Set(requests)].sort());
			t.true(requests.length >= 5);
			t.deepEqual(messages, []);
			t.deepEqual(errors, []);
		},
	);
}

test.serial('by early hints the browser loads the files of a page while its props are loaded', async t => {
	const directory = await buildExample(t, [withoutHashes]);
	const publicDirectory = path.join(directory, 'public');
	const requests: string[] = [];
	let gate = createGate();
	gate.open();

	const app = new Koa();
	app.use(async (ctx, next) => {
		if (!ctx.path.startsWith('/build/')) {
			return next();
		}

		requests.push(ctx.url);

		ctx.type = path.extname(ctx.path);
		ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
		ctx.body = await readFile(path.join(publicDirectory, ctx.path));
	});
	app.use(async (ctx, next) => {
		ctx.state.cspNonce = 'c29tZXRoaW5nIG5ldyBlYWNoIHRpbWU';
		ctx.set('Content-Security-Policy', `script-src 'nonce-${ctx.state.cspNonce}' 'strict-dynamic'`);
		await next();
	});
	app.use(
		inertia({
			manifest: path.join(publicDirectory, 'build/.vite/manifest.json'),
			views: path.join(directory, 'views'),
			earlyHints: true,
		}),
	);
	app.use(async ctx => {
		await ctx.inertia.render('About', {
			slow: () => gate.opened,
		});
	});

	const {flag, ...certificate} = createCertificate();
	const url = await serveSecurely(t, createSecureServer(certificate, app.callback()));
	const heading = {name: 'How this page stays up to date'};

	// The first document tells what the template loads.
	const browser = await launchBrowser(t, [flag]);
	const first = await openTab(browser);
	await first.page.goto(url);
	await first.page.getByRole('heading', heading).waitFor();
	t.deepEqual(first.errors, []);

	// Chromium may leave a hint alone, and does so now and then.
	for (let attempt = 1; ; attempt += 1) {
		requests.length = 0;
		gate = createGate();
		const {page, errors} = await openTab(browser);
		const messages = watchConsole(page);
		const going = page.goto(url);

		try {
			await waitFor(() => [entry, stylesheet, about].every(file => requests.some(request => file.test(request))), 2000);
		} catch (error) {
			if (attempt < 5) {
				continue;
			}

			throw error;
		} finally {
			gate.open();
			await going;
		}

		await page.getByRole('heading', heading).waitFor();
		await page.waitForTimeout(untilComplaint);
		t.deepEqual([...requests].sort(), [...new Set(requests)].sort());
		t.deepEqual(messages, []);
		t.deepEqual(errors, []);
		break;
	}
});

for (const [name, changes, member] of [
	['stable names of chunks', [withoutHashes, withStableNames], 'imports'],
	['hashes', [], 'integrity'],
] as const) {
	test.serial(`a build with ${name} starts where the headers come long before the document`, async t => {
		const example = await startExample(t, await buildExample(t, changes));
		const url = await serve(t, async (request, response) => {
			const answer = await fetch(example.url + request.url);
			const body = Buffer.from(await answer.arrayBuffer());
			response.writeHead(answer.status, Object.fromEntries(answer.headers));

			if (request.url === '/about') {
				response.flushHeaders();
				await delay(300);
			}

			response.end(body);
		});
		const {page, errors} = await openTab(await launchBrowser(t));

		const document = await page.goto(`${url}/about`);
		await page.getByRole('heading', {name: 'How this page stays up to date'}).waitFor();
		t.deepEqual(errors, []);
		const map = await page.locator('script[type=importmap]').textContent();
		t.true(member in JSON.parse(map ?? ''));
		const link = document?.headers().link ?? '';
		t.regex(link, /\/main-[\w-]+\.css>; rel=preload; as=style/);
		t.notRegex(link, /modulepreload/);
	});
}

function createGate() {
	let open = () => {};
	const opened = new Promise<void>(resolve => {
		open = resolve;
	});
	return {opened, open};
}

/** Warnings and errors that the browser writes. */
function watchConsole(page: Page) {
	const messages: string[] = [];
	page.on('console', message => {
		if (['warning', 'error'].includes(message.type())) {
			messages.push(message.text());
		}
	});
	return messages;
}

/** Serves over HTTP/2 until the test ends. */
async function serveSecurely(t: ExecutionContext, server: Http2SecureServer): Promise<string> {
	const sockets = new Set<Socket>();
	server.on('connection', (socket: Socket) => sockets.add(socket));
	server.listen(0, 'localhost');
	await once(server, 'listening');
	t.teardown(() => {
		server.close();

		for (const socket of sockets) {
			socket.destroy();
		}
	});
	return `https://localhost:${(server.address() as AddressInfo).port}`;
}
