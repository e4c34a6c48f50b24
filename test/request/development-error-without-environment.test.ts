import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {createApp} from '../helpers/app.ts';
import {createDirectory} from '../helpers/build.ts';

// In a file of its own, which has a process of its own: `NODE_ENV` is the process's.
delete process.env.NODE_ENV;

const asVisit = {'X-Inertia': 'true'};

test('a server whose `NODE_ENV` was forgotten tells nothing of an error', async t => {
	const {app, agent, errors} = await createApp(t, {version: null, hotFile: false}, () => {
		throw new Error('secret');
	});
	t.is(app.env, 'development');
	const {status, text} = await agent.get('/').set(asVisit);
	t.deepEqual([status, text, errors.length], [500, 'Internal Server Error', 1]);
});

test('beside a running dev server it shows the error', async t => {
	const hotFile = path.join(await createDirectory(t), 'hot');
	await writeFile(hotFile, 'http://localhost:5173');
	const {agent} = await createApp(t, {hotFile}, () => {
		throw new Error('secret');
	});
	const {status, text} = await agent.get('/').set(asVisit);
	t.is(status, 500);
	t.true(text.includes('Error: secret'));
});
