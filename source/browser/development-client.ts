/**
 * Runs beside the application while the dev server runs, after the entries.
 *
 * By then Vite's client has put every stylesheet into an element of its own, which it keeps up to date. So this module
 * removes the stylesheet that the document has linked.
 *
 * When the dev server goes away and comes back elsewhere, Vite's client waits at the old address, and the chunks of
 * further pages can't be loaded. The next visit then loads the document anew. A form is still sent, and its answer is
 * loaded anew when the page of the answer can't be shown.
 */

for (const link of document.querySelectorAll('link[data-koa-inertia="styles"]')) link.remove();

const connection: {
	isLost: boolean;
	/** The URL of the page that has answered the present visit. */
	answered?: string | undefined;
} = {isLost: false};

import.meta.hot?.on('vite:ws:disconnect', () => {
	connection.isLost = true;
});
import.meta.hot?.on('vite:ws:connect', () => {
	connection.isLost = false;
});
document.addEventListener('inertia:before', event => {
	const {method, url, async: isBackground} = event.detail.visit;
	if (!connection.isLost || isBackground || method !== 'get') return;
	event.preventDefault();
	location.assign(url.href);
});
document.addEventListener('inertia:start', () => {
	connection.answered = undefined;
});
document.addEventListener('inertia:beforeUpdate', event => {
	connection.answered = event.detail.page.url;
});
document.addEventListener('inertia:networkError', event => {
	if (!connection.isLost || connection.answered === undefined) return;
	event.preventDefault();
	location.assign(connection.answered);
});
