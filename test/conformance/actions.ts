import type {StandardSchemaV1} from '@standard-schema/spec';
import type {Context} from 'koa';
import type {CallLogs} from './call-log.ts';
import type {Action, Messages, RedirectAction, RenderAction, Route} from './case-format.ts';
import type {Json, JsonObject} from './json.ts';
import {callMethod} from './library-parts.ts';
import {toProps} from './prop-values.ts';

type Waiting = {
	flash?: JsonObject | undefined;
	errors?: Messages | undefined;
	clearHistory?: boolean | undefined;
	preserveFragment?: boolean | undefined;
};

/** Everything that waits in the session for the next page. */
export const remember = (ctx: Context, {flash, errors, clearHistory, preserveFragment}: Waiting): void => {
	if (flash !== undefined) {
		callMethod(ctx.inertia, 'flash', flash);
	}

	if (errors !== undefined) {
		callMethod(ctx.inertia, 'errors', errors);
	}

	if (clearHistory === true) {
		callMethod(ctx.inertia, 'clearHistory');
	}

	if (preserveFragment === true) {
		callMethod(ctx.inertia, 'preserveFragment');
	}
};

const render = async (ctx: Context, {component, props, options = {}}: RenderAction, logs: CallLogs): Promise<void> => {
	const {encryptHistory} = options;
	const renderOptions: object = encryptHistory === undefined ? {} : {encryptHistory};
	remember(ctx, options);
	await ctx.inertia.render(component, toProps(props, {logs}), renderOptions);
};

const redirect = (ctx: Context, {to, status, ...waiting}: RedirectAction): void => {
	remember(ctx, waiting);
	if (status !== undefined) {
		ctx.status = status;
	}

	ctx.redirect(to);
};

const answer = (ctx: Context, body: Json): void => {
	ctx.status = 200;
	ctx.body = body;
};

const act = async (ctx: Context, action: Action, logs: CallLogs): Promise<void> => {
	if (action.render !== undefined) {
		await render(ctx, action.render, logs);
	} else if (action.redirect !== undefined) {
		redirect(ctx, action.redirect);
	} else if (action.location !== undefined) {
		await callMethod(ctx.inertia, 'location', action.location);
	} else {
		answer(ctx, action.nothing === true ? '' : (action.body ?? null));
	}
};

/** A schema that fails with these errors, whatever the input is. */
const toSchema = (errors: Messages): StandardSchemaV1 => {
	const issues = Object.entries(errors).flatMap(([field, messages]) =>
		[messages].flat().map(message => ({path: field.split('.'), message})),
	);
	return {
		'~standard': {
			version: 1,
			vendor: 'conformance',
			validate: value => (issues.length === 0 ? {value} : {issues}),
		},
	};
};

export const runRoute = async (ctx: Context, {action, set}: Route, logs: CallLogs): Promise<void> => {
	for (const [name, value] of Object.entries(set?.cookies ?? {})) {
		ctx.cookies.set(name, value);
	}

	if (action.share !== undefined) {
		ctx.inertia.share(toProps(action.share, {logs}));
	}

	remember(ctx, {flash: action.flash});

	if (action.precognition !== undefined) {
		// An attempt that is answered here must not reach `handlerRan`.
		await ctx.inertia.validate(toSchema(action.precognition.errors), {});
	}

	logs.of(ctx).handlerRan = true;
	await act(ctx, action, logs);
};
