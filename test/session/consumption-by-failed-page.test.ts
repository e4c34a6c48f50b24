import test from 'ava';
import type {Context} from 'koa';
import {byPath, sessionKinds} from '../helpers/memory-store.ts';

const asVisit = {'X-Inertia': 'true'};
const handler = byPath({
	'/save': ctx => {
		ctx.inertia.flash({message: 'Saved.'});
		ctx.inertia.errors({title: 'Short.'});
		ctx.inertia.clearHistory();
		ctx.redirect('/');
	},
	'/': (ctx: Context) =>
		ctx.inertia.render('Home', {
			stars() {
				if (ctx.query.fails) throw new Error('no database');
				return 24;
			},
		}),
});

for (const [kind, create] of sessionKinds) {
	test(`a page that fails leaves in ${kind} what the next one shows, and clears the history at once`, async t => {
		const {agent, visit} = await create(t, handler, {errorPage: 'Error'});
		await agent.post('/save').set(asVisit);
		const {status, body: failed} = await visit('/?fails=1');
		t.deepEqual([status, failed.component, failed.flash, failed.props.errors], [500, 'Error', undefined, {}]);
		t.true(failed.clearHistory);
		const {body} = await visit('/');
		t.deepEqual([body.flash, body.props.errors], [{message: 'Saved.'}, {title: 'Short.'}]);
		t.is((await visit('/')).body.flash, undefined);
	});
}

test('a page that the browser has already, and is told so by a 304, counts as sent', async t => {
	const [[, create]] = sessionKinds as [(typeof sessionKinds)[number]];
	const {agent, visit} = await create(t, async (ctx, next) => {
		await handler(ctx, next);
		if (ctx.get('If-None-Match') === '"seen"') ctx.status = 304;
	});
	await agent.post('/save').set(asVisit);
	t.is((await agent.get('/').set({...asVisit, 'If-None-Match': '"seen"'})).status, 304);
	t.is((await visit('/')).body.flash, undefined);
});
