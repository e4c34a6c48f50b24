import assert from 'node:assert/strict';
import {Agent, get, type IncomingMessage} from 'node:http';
import {text} from 'node:stream/consumers';
import {setImmediate as nextTurn} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import Koa, {type Context} from 'koa';
import {
	always,
	deepMerge,
	defer,
	inertia,
	merge,
	once,
	optional,
	type PropsInput,
	prepend,
	type RootView,
	scroll,
} from 'koa-inertia';
import {PropLoadError} from 'koa-inertia/errors';
import {caseArbitrary} from '../helpers/props-arbitraries.ts';
import type {Case, Description, Loader, Part, Provider} from '../helpers/props-description.ts';
import {component, type Prediction, predict} from '../helpers/props-model.ts';
import {serve} from '../helpers/serve.ts';

/** One case on its way through the application. */
interface Run {
	readonly shared: readonly PropsInput[];
	readonly page: readonly PropsInput[];
	readonly calls: Map<Loader | Provider, number>;
	readonly errors: unknown[];
}

const seed = process.env.FAST_CHECK_SEED === undefined ? Date.now() % 2 ** 31 : Number(process.env.FAST_CHECK_SEED);

const numRuns = 6000;

test('any visit for any props gets the page that the rules predict', async t => {
	t.log(`FAST_CHECK_SEED=${seed}, ${numRuns} runs`);
	const send = await createSender(t);
	const seen = new Map<string, number>();
	const property = fc.asyncProperty(caseArbitrary, async example => {
		const expected = predict(example);
		fc.pre(!expected.isAmbiguous);
		const run = createRun(example);
		const {response, body} = await send(run, example.headers);
		for (const feature of listFeatures(expected)) seen.set(feature, (seen.get(feature) ?? 0) + 1);
		checkCalls(run, expected);
		checkErrors(run, expected);
		if (expected.failures.length > 0) {
			assert.equal(response.statusCode, 500);
			return;
		}

		const page = {component, props: expected.props, url: '/garden', version: '', ...expected.metadata};
		assert.equal(body, JSON.stringify(page));
	});
	await fc.assert(property, {seed, numRuns, includeErrorInReport: true});
	t.log(Object.fromEntries(seen));
	// What the cases never reach, they don't check.
	for (const feature of features) t.true((seen.get(feature) ?? 0) >= numRuns / 100, feature);
});

const features = [
	'mergeProps',
	'prependProps',
	'deepMergeProps',
	'matchPropsOn',
	'rescuedProps',
	'deferredProps',
	'scrollProps',
	'onceProps',
	'failures',
	'called',
	'uncertain',
];

function listFeatures({metadata, ...prediction}: Prediction): string[] {
	const lists = ['failures', 'called', 'uncertain'] as const;
	return [...Object.keys(metadata), ...lists.filter(name => prediction[name].length > 0)];
}

function checkCalls({calls}: Run, {called, uncertain, failures}: Prediction): void {
	const possible = new Set([...called, ...uncertain]);
	for (const [loader, count] of calls) {
		assert.equal(count, 1, `Called ${count} times: ${fc.stringify(loader)}`);
		assert.ok(possible.has(loader), `Called, although nobody needs it: ${fc.stringify(loader)}`);
	}

	if (failures.length > 0) return;
	for (const loader of called) assert.ok(calls.has(loader), `Not called: ${fc.stringify(loader)}`);
}

/** One error for each failure that is seen from outside, and none else. */
function checkErrors({errors}: Run, {failures, reports, strayReports}: Prediction): void {
	const paths = errors.map(error => {
		assert.ok(error instanceof PropLoadError && error.cause instanceof LoaderFailure, `Reported: ${error}`);
		return error.path;
	});
	const groups = failures.length > 0 ? [failures] : reports;
	for (const group of groups)
		assert.ok(
			group.some(path => paths.includes(path)),
			`Not reported: ${group}`,
		);
	const strays = [...strayReports, ...(failures.length > 0 ? reports.flat() : [])];
	for (const path of paths) assert.ok([...groups.flat(), ...strays].includes(path), `Reported: ${path}`);
	assert.ok(paths.length <= groups.length + strays.length, `Reported too often: ${paths}`);
}

/** An application that renders whatever it is sent, over one connection. */
async function createSender(t: ExecutionContext) {
	let current: Run;
	const app = new Koa();
	app.on('error', (error: unknown, ctx: Context) => ctx.state.run.errors.push(error));
	app.use((ctx, next) => {
		ctx.state.run = current;
		return next();
	});
	const share = (ctx: Context) => ctx.state.run.shared[0] ?? {};
	// A document holds the page as a template sees it, where a symbol isn't nothing.
	const rootView: RootView = page =>
		JSON.stringify(page, (_, value) => (typeof value === 'symbol' ? String(value) : value));
	app.use(inertia({version: null, hotFile: false, share, rootView}));
	app.use(async ctx => {
		const {shared, page}: Run = ctx.state.run;
		for (const part of shared.slice(1)) ctx.inertia.share(part);
		await ctx.inertia.render(component, page.length === 1 ? page[0]! : (page as never));
	});
	const url = await serve(t, app.callback());
	const agent = new Agent({keepAlive: true, maxSockets: 1});
	t.teardown(() => agent.destroy());
	return async (run: Run, headers: Case['headers']) => {
		current = run;
		const response = await new Promise<IncomingMessage>((resolve, reject) => {
			get(`${url}/garden`, {agent, headers}, resolve).on('error', reject);
		});
		return {response, body: await text(response)};
	};
}

class LoaderFailure extends Error {}

/** Something whose members are left to it: none of the forms in which props are given otherwise. */
class Custom {
	constructor(members: object) {
		Object.assign(this, members);
	}
}

class Query {
	readonly #load: () => unknown;

	constructor(load: () => unknown) {
		this.#load = load;
	}

	// biome-ignore lint/suspicious/noThenProperty: this is how query builders are awaited.
	then(...handlers: Parameters<Promise<unknown>['then']>): unknown {
		return Promise.resolve()
			.then(this.#load)
			.then(...handlers);
	}
}

/** The real props of a case, which count the calls of their loaders. */
function createRun({shared, page}: Case): Run {
	const calls: Run['calls'] = new Map();
	const count = (loader: Loader | Provider): unknown => calls.set(loader, (calls.get(loader) ?? 0) + 1);
	const createMembers = (members: object): object =>
		Object.fromEntries(Object.entries(members).map(([key, member]) => [key, create(member)]));
	const load = ({wait, ...loader}: Loader): unknown => {
		const finish = () => {
			if (loader.fails) throw new LoaderFailure();
			return create(loader.gives);
		};
		return wait === 0 ? finish() : pause(wait).then(finish);
	};
	const call = (loader: Loader) => () => {
		count(loader);
		return load(loader);
	};
	const createPart = (part: Part) => create(part) as PropsInput;

	function create(description: Description): unknown {
		switch (description.kind) {
			case 'value':
				return description.value;
			case 'date':
				return new Date(description.time);
			case 'object':
				return Object.setPrototypeOf(
					createMembers(description.members),
					description.hasNoPrototype ? null : Object.prototype,
				);
			case 'list':
				return description.members.map(create);
			case 'promise':
				return pause(description.wait).then(() => create(description.gives));
			case 'function':
				return call(description);
			case 'own':
				return new Custom({toInertiaProp: call(description)});
			case 'query':
				return new Query(call(description));
			case 'provider': {
				const {wait, members} = description;
				const toInertiaProps = () => {
					count(description);
					return wait === 0 ? createMembers(members) : pause(wait).then(() => createMembers(members));
				};
				return new Custom({toInertiaProps});
			}
			case 'always':
				return always(create(description.of));
			case 'optional':
				return optional(create(description.of));
			case 'defer':
				return defer(create(description.of) as () => unknown, description.options);
			case 'merge':
				return merge(create(description.of), description.options);
			case 'prepend':
				return prepend(create(description.of), description.options);
			case 'deepMerge':
				return deepMerge(create(description.of), description.options);
			case 'once':
				return once(create(description.of), description.options);
			case 'scroll':
				return scroll(create(description.of), description.options);
		}
	}

	return {shared: shared.map(createPart), page: page.map(createPart), calls, errors: []};
}

/** A few turns of the microtask queue, or one or two of the event loop: so loaders finish in any order. */
async function pause(wait: number): Promise<void> {
	for (let turn = 0; turn < wait % 3; turn += 1) await undefined;
	for (let turn = 0; turn < wait - 3; turn += 1) await nextTurn();
}
