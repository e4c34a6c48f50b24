import test from 'ava';
import {type FieldErrors, OptionError, ValidationError} from 'koa-inertia';
import {createSessionApp} from '../helpers/session-app.ts';

const given: Array<[given: FieldErrors, errors: FieldErrors]> = [
	[{}, {form: 'The input is not valid.'}],
	[{email: []}, {form: 'The input is not valid.'}],
	[{email: [], name: 'Name?'}, {name: 'Name?'}],
];
for (const [messages, errors] of given) {
	test(`a \`ValidationError\` of ${JSON.stringify(messages)} has messages to show`, async t => {
		t.deepEqual(new ValidationError(messages).errors, errors);
		const {client} = await createSessionApp(
			t,
			async ctx => {
				if (ctx.method === 'POST') throw new ValidationError(messages);
				await ctx.inertia.render('Form');
			},
			{views: 'test/conformance/views'},
		);
		await client.open('/');
		t.deepEqual((await client.visit('/', {method: 'post'})).page.props.errors, errors);
	});
}

test('a `ValidationError` takes messages only', t => {
	const wrong = {email: 42} as unknown as FieldErrors;
	t.throws(() => new ValidationError(wrong), {instanceOf: OptionError, message: /received 42 for `email`/});
});
