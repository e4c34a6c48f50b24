import type {RequestListener} from 'node:http';
import {component} from '../payloads.ts';

/** Each name is that of a file in `peers/`. */
export type PeerName = 'hono' | 'fastify' | 'express';

type Page = {component: string; props: object; version: string};
type Peer = {createListener: (page: Page) => Promise<RequestListener>};

/** The server of another adapter, which answers `/users` with one page. */
export const createPeer = async (name: PeerName, props: object, version: string): Promise<RequestListener> => {
	// We import plain JavaScript at run time, because the types of this folder must hold while the peers aren't installed.
	const {createListener}: Peer = await import(new URL(`../peers/${name}.js`, import.meta.url).href);
	return createListener({component, props, version});
};
