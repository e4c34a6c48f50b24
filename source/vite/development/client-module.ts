/**
 * What runs in the browser beside the application while the dev server runs, after the entries.
 *
 * By then Vite's client has put every stylesheet into an element of its own, which it keeps up to date. And when the dev
 * server goes away and comes back elsewhere, Vite's client waits at the old address: the next visit then loads the
 * document anew, since the chunk of its page can't be loaded any more. A form that is being sent goes its way, and its
 * answer is loaded anew when the page of it can't be shown.
 */
export const clientModule = `for (const link of document.querySelectorAll('link[data-koa-inertia="styles"]')) link.remove();

const connection = {isLost: false};
import.meta.hot.on('vite:ws:disconnect', () => {
	connection.isLost = true;
});
import.meta.hot.on('vite:ws:connect', () => {
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
`;
