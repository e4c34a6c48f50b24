import {setTimeout as delay} from 'node:timers/promises';
import test from 'ava';
import {InertiaError} from 'koa-inertia';
import {createApp} from '../helpers/app.ts';
import {runModule} from '../helpers/run-module.ts';
import {waitFor} from '../helpers/wait-for.ts';

const rootView = (): string => '<!doctype html>';

test('the middleware waits for a render that the handler has not waited for', async t => {
	const {visit, agent, errors} = await createApp(t, {version: '1', rootView}, ctx => {
		ctx.inertia.render('Home', {
			slow: async () => {
				await delay(20);
				return 'here';
			},
		});
	});
	const response = await visit('/', '1');
	t.is(response.status, 200);
	t.is(response.body.props.slow, 'here');
	t.is((await agent.get('/')).status, 200);
	t.deepEqual(errors, []);
});

for (const [name, wait] of [
	['at once', 0],
	['while the handler does something else', 30],
] as const) {
	test(`a render that nobody waits for and that fails ${name} is the error of its request`, async t => {
		const {visit, errors} = await createApp(t, {version: '1', rootView}, async ctx => {
			ctx.inertia.render('Home', {
				broken: () => {
					throw new Error('no database');
				},
			});
			if (wait > 0) await delay(wait);
		});
		const response = await visit('/', '1');
		t.is(response.status, 500);
		t.is(errors.length, 1);
		t.like(errors[0], {code: 'ERR_INERTIA_PROP_LOAD'});
	});
}

test('a render whose failure the handler has caught leaves the page that takes its place', async t => {
	const {visit, errors} = await createApp(t, {version: '1', rootView}, async ctx => {
		try {
			await ctx.inertia.render('Home', {n: 1n});
		} catch (error) {
			t.true(error instanceof InertiaError);
			await ctx.inertia.render('Sorry');
		}
	});
	t.is((await visit('/', '1')).body.component, 'Sorry');
	t.deepEqual(errors, []);
});

const late = ['flash', 'errors', 'share', 'back', 'clearHistory', 'preserveFragment', 'render'] as const;
for (const name of late) {
	test(`\`${name}()\` after the response is reported with its place, and ends nothing`, async t => {
		let isDone = false;
		const {agent, errors} = await createApp(t, {version: '1', rootView}, ctx => {
			ctx.body = 'sent';
			ctx.res.once('finish', function callLate() {
				const argument = name === 'render' ? 'Home' : {message: 'late'};
				(ctx.inertia[name] as (value: unknown) => unknown)(argument);
				isDone = true;
			});
		});
		t.is((await agent.get('/')).text, 'sent');
		await waitFor(() => isDone);
		t.is(errors.length, 1);
		t.like(errors[0], {code: 'ERR_INERTIA_OPTION'});
		t.regex(
			(errors[0] as Error).message,
			new RegExp(`\`ctx\\.inertia\\.${name}\\(\\)\` was called after the response`),
		);
		t.regex(String((errors[0] as Error).stack), /callLate/);
	});
}

/** Handlers that leave a promise which fails without anybody who waits for it. */
const handlers: Record<string, string> = {
	'shared, and a redirect': "ctx.inertia.share({x: fail()}); ctx.redirect('/');",
	'shared, and JSON': 'ctx.inertia.share({x: fail()}); ctx.body = {};',
	'shared, and nobody answers': 'ctx.inertia.share({x: fail()});',
	'shared, and an error': 'ctx.inertia.share({x: fail()}); ctx.throw(500);',
	'shared deep inside, and a failed validation':
		'ctx.inertia.share({a: [{x: fail()}]}); throw new ValidationError({});',
	'shared, and a page after a slower query':
		"ctx.inertia.share({x: fail()}); await delay(30); await ctx.inertia.render('Home');",
	'rendered with a wrong option': "await ctx.inertia.render('Home', {x: fail()}, {stauts: 1});",
	'rendered under a wrong name': "await ctx.inertia.render('', {x: fail()});",
	'rendered with a template that throws': "ctx.state.fails = true; await ctx.inertia.render('Home', {x: fail()});",
	'rendered beside shared props that throw': "ctx.state.fails = true; await ctx.inertia.render('Home', {x: fail()});",
	'rendered by a handler that waits for nothing': "ctx.inertia.render('Home', {x: fail()});",
	'rendered before the handler fails': "ctx.inertia.render('Home', {x: fail()}); throw new Error('else');",
};

test('a promise that fails where nobody waits for it leaves the process alive', async t => {
	const names = Object.keys(handlers);
	const code = `
		import {setTimeout as delay} from 'node:timers/promises';
		import {once} from 'node:events';
		import Koa from 'koa';
		import {inertia, ValidationError} from 'koa-inertia';
		let longest = 0;
		let last = performance.now();
		setInterval(() => {
			longest = Math.max(longest, performance.now() - last - 5);
			last = performance.now();
		}, 5).unref();
		const fail = () => new Promise((_, reject) => setTimeout(reject, 5, new Error('no database')));
		const handlers = [${Object.values(handlers)
			.map(body => `async ctx => {${body}}`)
			.join(',\n')}];
		const app = new Koa();
		app.silent = true;
		app.on('error', () => {});
		app.use(inertia({
			version: '1',
			views: {addGlobal() {}, addExtension() {}, hasExtension: () => true, render: () => '<!doctype html>'},
			template: ctx => { if (ctx.state.fails) throw new Error('template'); return 'app.njk'; },
			share: ctx => { if (ctx.state.fails) throw new Error('share'); return {}; },
		}));
		app.use(ctx => handlers[Number(ctx.path.slice(1))](ctx));
		const server = app.listen(0);
		await once(server, 'listening');
		const before = process.memoryUsage().heapUsed;
		for (let round = 0; round < 20; round += 1) {
			for (const index of handlers.keys()) {
				for (const headers of [{}, {'X-Inertia': 'true', 'X-Inertia-Version': '1'}]) {
					const response = await fetch('http://localhost:' + server.address().port + '/' + index, {headers, redirect: 'manual'});
					await response.arrayBuffer();
				}
			}
		}

		await delay(50);
		console.log('alive', Math.round(longest), Math.round((process.memoryUsage().heapUsed - before) / 1e6));
		process.exit();
	`;
	const {stdout, stderr, code: exitCode} = await runModule(code, {cwd: process.cwd()});
	t.is(exitCode, 0, stderr);
	const [alive, held, grown] = stdout.trim().split(' ');
	t.is(alive, 'alive');
	t.true(Number(held) < 500, `the event loop was held for ${held} ms`);
	t.true(Number(grown) < 100, `the memory has grown by ${grown} MB`);
	t.is(names.length, 12);
});
