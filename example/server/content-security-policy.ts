import {randomBytes} from 'node:crypto';
import type Koa from 'koa';

/**
 * Lets the browser run the scripts and styles of this document, and what these load, and nothing else. A script that
 * somebody managed to write into a page doesn't run. `vite()` puts the nonce on its tags.
 */
export function addContentSecurityPolicy(app: Koa) {
	app.use(async (ctx, next) => {
		const nonce = randomBytes(16).toString('base64');
		ctx.state.cspNonce = nonce;
		ctx.set(
			'Content-Security-Policy',
			`script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'nonce-${nonce}'; object-src 'none'; base-uri 'none'`,
		);
		await next();
	});
}
