import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {InertiaOptions, RootView} from 'koa-inertia';
import {TemplateError} from 'koa-inertia/errors';
import {createApp, getDocument} from '../helpers/app.ts';
import {createDirectory, createManifest} from '../helpers/build.ts';
import {parsePage, readElements} from '../helpers/document.ts';

const render = async (t: ExecutionContext, template: string, options: InertiaOptions = {}): Promise<string> => {
	const views = await createDirectory(t);
	await writeFile(path.join(views, 'app.njk'), template);
	return getDocument(
		await createApp(t, {manifest: createManifest(), hotFile: false, views, ...options}, ctx =>
			ctx.inertia.render('Home', {}, {viewData: {theme: 'dark "x"', isWide: true}}),
		),
	);
};

const readRoot = (html: string): Readonly<Record<string, string>> =>
	readElements(html).find(({name}) => name === 'div')!.attributes;

for (const [title, call, attributes] of [
	['an object', "{{ inertia({class: 'page', 'data-theme': theme}) }}", {class: 'page', 'data-theme': 'dark "x"'}],
	['named arguments', "{{ inertia(class='page', hidden=isWide) }}", {class: 'page', hidden: ''}],
	[
		'the tag with an object',
		"{% inertia {class: 'page', 'data-theme': theme} %}",
		{class: 'page', 'data-theme': 'dark "x"'},
	],
	['the tag with named arguments', "{% inertia class='page', tabindex=-1 %}", {class: 'page', tabindex: '-1'}],
	['the tag in brackets', "{% inertia(class='page') %}", {class: 'page'}],
	['a text that is marked as safe', "{{ inertia(class='a' | safe) }}", {class: 'a'}],
	['variables that are misspelt', '{{ inertia(class=missing, hidden=false, lang=none) }}', {}],
	['a misspelt variable', '{{ inertia(missing) }}', {}],
] as const) {
	test(`the root element gets its attributes from ${title}`, async t => {
		const html = await render(t, call);
		t.deepEqual(readRoot(html), {id: 'app', ...attributes});
		t.like(parsePage(html), {component: 'Home'});
	});
}

test('an `id` names the root element and the page, in place of the option `rootId`', async t => {
	for (const call of ["{{ inertia(id='a\"b', class='page') }}", "{% inertia id='a\"b', class='page' %}"]) {
		const html = await render(t, call, {rootId: 'root'});
		t.deepEqual(readRoot(html), {id: 'a"b', class: 'page'});
		t.like(parsePage(html, 'a"b'), {component: 'Home'});
	}
});

const wrong: ReadonlyArray<readonly [call: string, received: string]> = [
	["{% inertia 'foo' %}", '"foo"'],
	["{{ inertia('foo') }}", '"foo"'],
	['{{ inertia(1) }}', '1'],
	["{{ inertia(['foo']) }}", 'an array'],
	["{{ inertia('foo' | safe) }}", 'an object'],
	["{{ inertia({class: 'a'}, 'foo') }}", '"foo" as a second argument'],
	["{{ inertia('foo', class='a') }}", 'an object as a second argument'],
	["{{ inertia(class=['a', 'b']) }}", 'an array for "class"'],
	["{{ inertia({'on x': 'a'}) }}", '"a" for "on x"'],
	["{{ inertia({'a><script>': 'a'}) }}", '"a" for "a><script>"'],
	["{{ inertia(id='') }}", '"" for "id", by which the client finds it'],
	['{{ inertia(id=false) }}', 'false for "id", by which the client finds it'],
	["{{ inertia({'Data-Page': 'a'}) }}", '"a" for "data-page", which is its `id`'],
];

for (const [call, received] of wrong) {
	test(`${call} is a \`TemplateError\` that says what the root element takes`, async t => {
		const error = await t.throwsAsync(render(t, call), {instanceOf: TemplateError, code: 'ERR_INERTIA_TEMPLATE'});
		t.is(
			error.message,
			`\`inertia()\` takes the attributes of the root element by their names with texts as values, received ${received}. Write for example \`inertia({id: 'app', class: 'page'})\`.`,
		);
	});
}

test('`tags.inertia()` of a `rootView` takes the same attributes', async t => {
	const rootView: RootView = (_page, _ctx, {inertia}) => inertia({class: 'page', id: 'root'});
	const app = await createApp(t, {manifest: createManifest(), hotFile: false, rootView});
	const html = await getDocument(app);
	t.deepEqual(readRoot(html), {id: 'root', class: 'page'});
	t.like(parsePage(html, 'root'), {component: 'Home'});
	const wrongView = (_page: unknown, _ctx: unknown, tags: {inertia: (given: unknown) => string}) => tags.inertia('foo');
	const other = await createApp(t, {manifest: createManifest(), hotFile: false, rootView: wrongView as RootView});
	await t.throwsAsync(getDocument(other), {instanceOf: TemplateError, message: /received "foo"/});
});
