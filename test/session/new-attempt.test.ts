import test from 'ava';
import type {Context} from 'koa';
import {byPath, sessionKinds} from '../helpers/memory-store.ts';

const save = (ctx: Context) => {
	if (ctx.query.title) ctx.inertia.flash({message: 'Saved.'});
	else ctx.inertia.errors({title: 'Give it a title.'});
	ctx.redirect('/');
};
const handler = byPath({
	'/': ctx => ctx.inertia.render('Form'),
	'/save': save,
	'/page': ctx => ctx.inertia.render('Done'),
});
const asVisit = {'X-Inertia': 'true'};

for (const [kind, create] of sessionKinds) {
	test(`a form in ${kind} that is sent again before its errors were shown gets those of the second attempt only`, async t => {
		const {agent, visit} = await create(t, handler);
		await agent.post('/save').set(asVisit);
		await agent.post('/save?title=Moon').set(asVisit);
		const {body} = await visit('/');
		t.deepEqual([body.props.errors, body.flash], [{}, {message: 'Saved.'}]);
	});

	test(`a page that answers such a form in ${kind} has none of the errors before`, async t => {
		const {agent, visit} = await create(t, handler);
		await agent.post('/save').set(asVisit);
		t.deepEqual((await agent.post('/page').set(asVisit)).body.props.errors, {});
		t.deepEqual((await visit('/')).body.props.errors, {});
	});

	test(`another form of a page in ${kind} leaves the errors of the first where they are`, async t => {
		const {agent, visit} = await create(t, handler);
		await agent.post('/save').set({...asVisit, 'X-Inertia-Error-Bag': 'first'});
		await agent.post('/save?title=Moon').set({...asVisit, 'X-Inertia-Error-Bag': 'second'});
		// A form that validates while its user types isn't sent.
		await agent.post('/save').set({Precognition: 'true', 'X-Inertia-Error-Bag': 'first'});
		t.deepEqual((await visit('/')).body.props.errors.first, {title: 'Give it a title.'});
	});

	test(`a new attempt takes the place of the errors of its form in ${kind}, and of no other`, async t => {
		const {agent, visit} = await create(
			t,
			byPath({
				'/': ctx => ctx.inertia.render('Home'),
				'/first': ({inertia}) => {
					inertia.errors({a: '1', b: '1'});
					inertia.errors({c: '1'}, {bag: 'login'});
					inertia.errors({d: '1'}, {bag: 'other'});
				},
				'/second': ({inertia}) => {
					inertia.errors({a: '2'});
					inertia.errors({c: '2', e: '2'}, {bag: 'login'});
					inertia.errors({f: '2'}, {bag: 'login'});
				},
			}),
		);
		await agent.post('/first');
		await agent.post('/second');
		t.deepEqual((await visit('/')).body.props.errors, {
			a: '2',
			login: {c: '2', e: '2', f: '2'},
			other: {d: '1'},
		});
	});
}
