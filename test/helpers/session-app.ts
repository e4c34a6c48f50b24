import {bodyParser} from '@koa/bodyparser';
import type {ExecutionContext} from 'ava';
import type {Middleware} from 'koa';
import type {InertiaOptions} from 'koa-inertia';
import {type CreateSessionOptions, createSession} from 'koa-session';
import {createApp, type RunningApp} from './app.ts';

/** Serves an app with sessions of koa-session, in a signed cookie where no store is given, and parsed bodies. */
export async function createSessionApp(
	t: ExecutionContext,
	handler: Middleware,
	options: InertiaOptions = {},
	sessionOptions: CreateSessionOptions = {},
): Promise<RunningApp> {
	return createApp(t, {version: null, ...options}, handler, app => {
		app.keys = ['a key for tests'];
		app.use(createSession({...sessionOptions}, app));
		app.use(bodyParser());
	});
}
