import test from 'ava';
import {createSessionApp} from '../helpers/session-app.ts';

const partial = {'X-Inertia-Partial-Component': 'Notes', 'X-Inertia-Partial-Data': 'rows'};

const createNotes = (t: Parameters<typeof createSessionApp>[0]) =>
	createSessionApp(t, async ctx => {
		if (ctx.method === 'POST') {
			ctx.inertia.flash({message: 'Saved.'});
			ctx.inertia.errors({title: 'Wrong.'});
			ctx.redirect(ctx.path === '/moved' ? '/old' : '/notes?page=2');
		} else if (ctx.path === '/old') {
			ctx.redirect('/notes');
		} else {
			await ctx.inertia.render('Notes', {rows: [1]});
		}
	});

for (const [from, first] of [
	['/notes', []],
	['/moved', ['/old']],
] as const) {
	test(`a poll of another tab doesn't take what is for the page after a redirect from ${from}`, async t => {
		const {agent, visit} = await createNotes(t);
		await agent.post(from).set({'X-Inertia': 'true'}).expect(302);
		const poll = () => agent.get('/dashboard').set({'X-Inertia': 'true', ...partial});
		const polled = await poll();
		t.false('flash' in polled.body);
		t.deepEqual(polled.body.props.errors, {});
		for (const path of first) await agent.get(path).set({'X-Inertia': 'true'}).expect(302);
		t.false('flash' in (await poll()).body);
		const {body} = await visit('/notes?page=2');
		t.deepEqual(body.flash, {message: 'Saved.'});
		t.deepEqual(body.props.errors, {title: 'Wrong.'});
		t.false('flash' in (await visit('/notes')).body);
	});
}

test('a partial visit that follows its own redirect gets what is for that page', async t => {
	const {agent} = await createNotes(t);
	await agent.post('/notes').set({'X-Inertia': 'true', ...partial});
	const {body} = await agent.get('/notes?page=2').set({'X-Inertia': 'true', ...partial});
	t.deepEqual(body.flash, {message: 'Saved.'});
	t.deepEqual(body.props.errors, {title: 'Wrong.'});
});

test('a proxy that takes the beginning off the path changes nothing', async t => {
	const {agent} = await createSessionApp(t, async ctx => {
		if (ctx.method !== 'POST') return ctx.inertia.render('Notes', {rows: []});
		ctx.inertia.flash({message: 'Saved.'});
		ctx.redirect('/shop/notes');
	});
	await agent.post('/notes').set({'X-Inertia': 'true'});
	const {body} = await agent.get('/notes').set({'X-Inertia': 'true', ...partial});
	t.deepEqual(body.flash, {message: 'Saved.'});
});

test('a full page at another path takes it, since nobody may ever open the page that it was for', async t => {
	const {agent, visit} = await createNotes(t);
	await agent.post('/notes').set({'X-Inertia': 'true'});
	t.deepEqual((await visit('/dashboard')).body.flash, {message: 'Saved.'});
});
