import test from 'ava';
import type {Context} from 'koa';
import {OptionError} from 'koa-inertia';
import {createApp} from '../helpers/app.ts';
import {byPath} from '../helpers/memory-store.ts';
import {createSessionApp} from '../helpers/session-app.ts';

const options = {version: null, views: 'test/conformance/views'};

const home = (ctx: Context) => ctx.inertia.render('Home');

/** The own properties of a value as text: `deepEqual` sees no `__proto__`. */
const write = (value: unknown) => JSON.stringify(value);

const cycle: Record<string, unknown> = {};
cycle.deep = [{again: cycle}];
const wrongFlashes: Array<[name: string, flash: unknown, message: RegExp]> = [
	['`undefined`', undefined, /takes an object of values by name, received undefined/],
	['`null`', null, /received null/],
	['a string', 'Saved.', /received "Saved\."/],
	['a number', 7, /received 7/],
	['a BigInt', 7n, /received a bigint/],
	['a list', ['Saved.'], /received an array/],
	['a function', () => 'Saved.', /received a function/],
	['a date', new Date(0), /`ctx\.inertia\.flash`/],
	['an object that becomes a string', {toJSON: () => 'text'}, /`ctx\.inertia\.flash`/],
	['an object that becomes nothing', {toJSON: () => undefined}, /`ctx\.inertia\.flash`/],
	['a BigInt inside', {a: {count: 7n}}, /can't keep `a\.count` as JSON: it is a BigInt/],
	['a cycle', cycle, /can't keep `deep\.0\.again` as JSON: it contains itself/],
	['a `toJSON` that throws', {a: {toJSON: () => JSON.parse('?')}}, /can't keep `a` as JSON: its `toJSON` threw/],
];
for (const [name, flash, message] of wrongFlashes) {
	test(`\`flash\` of ${name} fails with \`ERR_INERTIA_OPTION\`, and leaves nothing`, async t => {
		const {visit, errors} = await createSessionApp(t, async ctx => {
			try {
				Reflect.apply(ctx.inertia.flash, ctx.inertia, [flash]);
			} catch (error) {
				ctx.app.emit('error', error, ctx);
			}

			await home(ctx);
		});
		t.false('flash' in (await visit('/')).body);
		t.like(errors[0], {code: 'ERR_INERTIA_OPTION'});
		t.true(errors[0] instanceof OptionError);
		t.regex((errors[0] as Error).message, message);
	});
}

test('a flash arrives as JSON leaves it, on a page of the same request too', async t => {
	const {agent, visit} = await createSessionApp(t, ctx => {
		const values = {
			date: new Date(0),
			none: undefined,
			call: () => 1,
			symbol: Symbol('a'),
			number: Number.NaN,
			map: new Map(),
		};
		ctx.inertia.flash(values);
		return ctx.method === 'GET' ? home(ctx) : ctx.redirect('/');
	});
	const {flash} = (await visit('/')).body;
	t.deepEqual(flash, {date: '1970-01-01T00:00:00.000Z', number: null, map: {}});
	await agent.post('/');
	t.deepEqual((await visit('/')).body.flash, flash);
});

test('a flash of nothing is none, and needs no session', async t => {
	const {agent, visit, errors} = await createApp(t, options, ctx => {
		ctx.inertia.flash({});
		ctx.inertia.flash({none: undefined});
		return ctx.method === 'GET' ? home(ctx) : ctx.redirect('/');
	});
	t.false('flash' in (await visit('/')).body);
	t.is((await agent.post('/')).status, 302);
	t.deepEqual(errors, []);
});

test('fields and flashed values may have any name', async t => {
	const fields = '{"__proto__":"1","constructor":"2","наименование":"3","名.0.字":"4","😀":"5","":"6"}';
	for (const bag of ['default', '__proto__', 'форма']) {
		const {agent, visit} = await createSessionApp(
			t,
			byPath({
				'/': home,
				'/save': ctx => {
					ctx.inertia.errors(JSON.parse(fields), {bag});
					ctx.inertia.errors(JSON.parse('{"__proto__":"7"}'), {bag});
					ctx.inertia.flash(JSON.parse(fields));
					ctx.inertia.flash(JSON.parse('{"constructor":{"prototype":{"polluted":1}}}'));
				},
			}),
			options,
		);
		await agent.post('/save');
		const page = JSON.parse((await visit('/')).text);
		const errors = fields.replace('"1"', '"7"');
		t.is(write(page.props.errors), bag === 'default' ? errors : `{${write(bag)}:${errors}}`);
		t.is(write(page.flash), fields.replace('"2"', '{"prototype":{"polluted":1}}'));
		t.false('polluted' in {});
	}
});
