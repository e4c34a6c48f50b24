import test from 'ava';
import {page} from 'koa-inertia';
import {createApp} from '../helpers/app.ts';
import {createManifest} from '../helpers/build.ts';

const options = {manifest: createManifest(), hotFile: false} as const;

test('`page()` makes a handler that only renders, with props or a function of them', async t => {
	const {client} = await createApp(
		t,
		options,
		page('Users/Show', async ctx => ({path: ctx.path}), {status: 203}),
	);
	for (const answer of [await client.open('/users/7'), await client.visit('/users/7')]) {
		t.is(answer.response.status, 203);
		t.like(answer.page, {component: 'Users/Show', props: {path: '/users/7'}});
	}

	const plain = await createApp(t, options, page('About'));
	t.deepEqual((await plain.client.open('/')).page.props, {errors: {}});
});
