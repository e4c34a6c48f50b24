import test from 'ava';
import {z} from 'zod';
import {createFormApp, formSchemas, invalidForm, invalidFormErrors} from '../helpers/form-app.ts';

for (const [library, schema] of Object.entries(formSchemas)) {
	const lists: Array<[only: string, fields: Array<keyof typeof invalidFormErrors>]> = [
		['title', ['title']],
		['author.mail', ['author.mail']],
		['author', ['author.name', 'author.mail']],
		['author.*', ['author.name', 'author.mail']],
		['items.*.count', ['items.0.count', 'items.2.count']],
		['items.0', ['items.0.count', 'items.0.name']],
		['items.0.name', ['items.0.name']],
		['items.*', ['items.0.count', 'items.0.name', 'items.2.count']],
		['*.name', ['author.name']],
		[' title , author.mail ,', ['title', 'author.mail']],
		['unknown,title', ['title']],
		['items.1,items.1.count', []],
		['unknown', []],
		['tit,title.a,title.*,Title', []],
		['__proto__,constructor', []],
	];
	for (const [only, fields] of lists) {
		test(`with ${library}, a precognitive request for \`${only}\` gets the messages of ${fields.join(', ') || 'no field'}`, async t => {
			const {validate} = await createFormApp(t, schema);
			const {status, body, headers} = await validate(invalidForm, only);
			const errors = Object.fromEntries(fields.map(field => [field, invalidFormErrors[field]]));
			t.is(status, fields.length > 0 ? 422 : 204);
			t.deepEqual(body, fields.length > 0 ? {message: invalidFormErrors[fields[0]!][0], errors} : {});
			t.is(headers['precognition-success'], fields.length > 0 ? undefined : 'true');
		});
	}
}

test('a precognitive request with an empty list of fields, of a form that nobody has touched, gets no messages', async t => {
	const {validate} = await createFormApp(t);
	const {status, headers, body} = await validate({title: ''}, '');
	t.deepEqual([status, headers['precognition-success'], body], [204, 'true', {}]);
});

const bed = z.object({
	name: z.string().min(1, 'Give it a name.'),
	size: z.coerce.number('Give a number.').min(1, 'Too small.').optional(),
	beds: z.array(z.object({plant: z.string().min(1, 'Plant something.')})).optional(),
	'row.first': z.string().max(3, 'Too long.').optional(),
});

const asked: Array<[name: string, only: string, fields: string[]]> = [
	['one field', 'name', ['name']],
	['several fields', 'name,size', ['name', 'size']],
	['several fields with white space', 'name, size', ['name', 'size']],
	['a field that is valid', 'note', []],
	['a field inside a list', 'beds.0.plant', ['beds.0.plant']],
	['a list and a field inside it', 'beds,beds.0.plant', ['beds.0.plant']],
	['a list', 'beds', ['beds.0.plant']],
	['a field inside any item', 'beds.*.plant', ['beds.0.plant']],
	['a field whose name holds a dot', 'row.first', ['row.first']],
	['no field at all', '', []],
];

for (const [name, only, fields] of asked) {
	test(`a form that asks for ${name} gets the messages of ${fields.join(', ') || 'none'}`, async t => {
		const {validate, ran, errors} = await createFormApp(t, bed);
		const input = {name: '', size: 0, beds: [{plant: ''}], 'row.first': 'endless', note: 'x'};
		const response = await validate(input, only);
		t.is(response.status, fields.length > 0 ? 422 : 204);
		t.is(response.headers['precognition-success'], fields.length > 0 ? undefined : 'true');
		t.is(response.headers.precognition, 'true');
		if (fields.length > 0) t.deepEqual(Object.keys(response.body.errors), fields);
		t.deepEqual(ran, ['before']);
		t.deepEqual(errors, []);
	});
}

test('a form that asks for what is valid gets a 204, although another field is wrong', async t => {
	const {validate} = await createFormApp(t, bed);
	const response = await validate({name: 'Roses', size: 0}, 'name');
	t.is(response.status, 204);
	t.is(response.headers['precognition-success'], 'true');
});
