import type Koa from 'koa';
import * as bare from './bare.ts';
import * as inertia from './inertia.ts';

/** The apps that can be measured; each is made from the path of the manifest and its version. */
export const apps = {
	'inertia-small': manifest => inertia.createSmall(manifest),
	'inertia-large': manifest => inertia.createLarge(manifest),
	'inertia-object': manifest => inertia.createFromObject(manifest),
	'inertia-root-view': manifest => inertia.createWithRootView(manifest),
	'bare-small': (_, version) => bare.createSmall(version),
	'bare-large': (_, version) => bare.createLarge(version),
	'bare-document': (_, version) => bare.createDocument(version),
	'bare-root-view': (_, version) => bare.createRootView(version),
	'bare-mismatch': (_, version) => bare.createMismatch(version),
} satisfies Record<string, (manifest: string, version: string) => Koa>;

export type AppName = keyof typeof apps;

export const isAppName = (name: string): name is AppName => Object.hasOwn(apps, name);
