import test, {type ExecutionContext} from 'ava';
import {type InertiaOptions, OptionError, type RenderOptions, type RootView} from 'koa-inertia';
import {createApp, getDocument, type RunningApp} from '../helpers/app.ts';
import {createManifest} from '../helpers/build.ts';
import {parsePage} from '../helpers/document.ts';

const wrongOption = {instanceOf: OptionError, code: 'ERR_INERTIA_OPTION'} as const;
const hostile = '</script><script>alert(1)</script><!--<script>\u2028';

const create = async (
	t: ExecutionContext,
	options: InertiaOptions,
	rendering: RenderOptions = {},
): Promise<RunningApp> =>
	createApp(t, {manifest: createManifest(), hotFile: false, ...options}, ctx =>
		ctx.inertia.render('Home', {text: hostile}, rendering),
	);

test('`rootView` gets the `viewData` of the render, and an empty object without', async t => {
	const rootView: RootView = (_page, _ctx, _tags, viewData) => JSON.stringify(viewData);
	const viewData = {description: 'A fern on a shelf'};
	t.is(await getDocument(await create(t, {rootView}, {viewData})), JSON.stringify(viewData));
	t.is(await getDocument(await create(t, {rootView})), '{}');
});

test('`tags.page()` is the page as JSON that closes no script', async t => {
	const rootView: RootView = (_page, _ctx, tags) =>
		`<script data-page="root" type="application/json">${tags.page()}</script><div id="root"></div>`;
	const html = await getDocument(await create(t, {rootView}));
	t.like(parsePage(html, 'root'), {component: 'Home', props: {errors: {}, text: hostile}});
	t.is(html.match(/<\/?script/g)?.length, 2);
	const own: RootView = (_page, _ctx, tags) => tags.inertia();
	t.true((await getDocument(await create(t, {rootView: own}))).includes(html.replace(/^[^>]+>|<\/script>.*$/gs, '')));
});

test('a `template` of a render is refused where `rootView` renders the documents, for a visit too', async t => {
	const app = await create(t, {rootView: () => ''}, {template: 'print.njk'});
	await t.throwsAsync(getDocument(app), {
		...wrongOption,
		message:
			'In `ctx.inertia.render`, the option `template` is "print.njk", and the option `rootView` renders the documents. Tell it by `viewData`, its fourth argument, or leave `rootView` out.',
	});
	t.is((await app.visit('/', app.assets.version)).status, 500);
	t.is(app.errors.length, 2);
});

test('`views` and `template` beside `rootView` are refused at start', async t => {
	for (const options of [{views: 'views'}, {template: 'app.njk'}, {template: () => 'app.njk'}]) {
		const [name] = Object.keys(options);
		await t.throwsAsync(create(t, {rootView: () => '', ...options}), {
			...wrongOption,
			message: `In \`inertia\`, the option \`${name}\` is for Nunjucks, and \`rootView\` renders the documents. Leave one of them out.`,
		});
	}
});
