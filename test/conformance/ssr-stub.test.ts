import test from 'ava';
import {startSsrStub} from './ssr-stub.ts';

const render = async (url: string) => fetch(`${url}/render`, {method: 'POST', body: '{"component":"Home"}'});

test('the stub answers as it was told and records the page', async t => {
	const stub = await startSsrStub({result: {head: ['<title>T</title>'], body: '<div></div>'}});
	t.teardown(() => stub.close());
	const response = await render(stub.url);
	t.deepEqual(await response.json(), {head: ['<title>T</title>'], body: '<div></div>'});
	t.deepEqual(stub.pages, [{component: 'Home'}]);
});

test('the stub fails with the given status and body', async t => {
	const stub = await startSsrStub({status: 500, json: {error: 'x'}});
	t.teardown(() => stub.close());
	const response = await render(stub.url);
	t.is(response.status, 500);
	t.deepEqual(await response.json(), {error: 'x'});
});

test('a stub that is down refuses connections', async t => {
	const stub = await startSsrStub({down: true});
	await t.throwsAsync(render(stub.url), {instanceOf: TypeError});
});
