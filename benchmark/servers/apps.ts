import type {RequestListener} from 'node:http';
import type Koa from 'koa';
import {largeProps, partialProps, smallProps} from '../payloads.ts';
import * as bare from './bare.ts';
import * as inertia from './inertia.ts';
import {createPeer} from './peers.ts';

/** The apps that can be measured; each is made from the path of the manifest and its version. */
export const apps = {
	'inertia-small': manifest => inertia.createSmall(manifest),
	'inertia-large': manifest => inertia.createLarge(manifest),
	'inertia-partial': manifest => inertia.createPartial(manifest),
	'inertia-object': manifest => inertia.createFromObject(manifest),
	'inertia-root-view': manifest => inertia.createWithRootView(manifest),
	'inertia-preloads': () => inertia.createWithPreloads(),
	'inertia-no-preloads': () => inertia.createWithoutPreloads(),
	'bare-small': (_, version) => bare.createSmall(version),
	'bare-large': (_, version) => bare.createLarge(version),
	'bare-partial': (_, version) => bare.createPartial(version),
	'bare-document': (_, version) => bare.createDocument(version),
	'bare-root-view': (_, version) => bare.createRootView(version),
	'bare-mismatch': (_, version) => bare.createMismatch(version),
	'hono-small': (_, version) => createPeer('hono', smallProps, version),
	'hono-large': (_, version) => createPeer('hono', largeProps, version),
	'hono-partial': (_, version) => createPeer('hono', partialProps, version),
	'fastify-small': (_, version) => createPeer('fastify', smallProps, version),
	'fastify-large': (_, version) => createPeer('fastify', largeProps, version),
	'fastify-partial': (_, version) => createPeer('fastify', partialProps, version),
	'express-small': (_, version) => createPeer('express', smallProps, version),
	'express-large': (_, version) => createPeer('express', largeProps, version),
	'express-partial': (_, version) => createPeer('express', partialProps, version),
} satisfies Record<string, (manifest: string, version: string) => Koa | Promise<RequestListener>>;

export type AppName = keyof typeof apps;

export const isAppName = (name: string): name is AppName => Object.hasOwn(apps, name);
