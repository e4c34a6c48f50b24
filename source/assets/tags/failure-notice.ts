import {escapeScriptJson} from '../../support/html.ts';
import {createTag, type Tag} from './tag.ts';

/**
 * A script that tells the user when the browser refuses a file whose hash is not the published one. Without it the page
 * stays blank, and says why in the console alone.
 *
 * A listener on the window, and not `onerror` on each tag, which a policy for scripts forbids. Only for files below the
 * `base`, as the browser resolves it: what an ad blocker keeps away isn't the application's.
 *
 * What an application does itself, by `preventDefault()`, counts as told. Older browsers have to parse it too.
 */
export function createFailureNotice(base: string): Tag {
	const code = [
		'!function(){var d,a=document.createElement("a");',
		`a.href=${escapeScriptJson(JSON.stringify(base))};`,
		`function f(){if(!d&&dispatchEvent(new Event("${failureEvent}",{cancelable:!0}))){`,
		'd=document.createElement("div");',
		'd.setAttribute("role","alert");',
		`d.style.cssText="${style}";`,
		`d.textContent="${text}";`,
		'(document.body||document.documentElement).appendChild(d)}}',
		'addEventListener("error",function(e){var t=e.target;',
		't&&t.integrity&&(t.src||t.href||"").indexOf(a.href)===0&&f()},!0);',
		'addEventListener("vite:preloadError",function(e){setTimeout(function(){e.defaultPrevented||f()})})}()',
	].join('');
	return createTag('<script', {}, {content: code});
}

/** Not `inertia:`, as the client calls events of its own on the document. */
const failureEvent = 'koa-inertia:assetError';

const style =
	'position:fixed;z-index:2147483647;inset:auto 1rem 1rem;padding:1rem;border-radius:.5rem;background:#7f1d1d;color:#fff;font:1rem/1.5 system-ui,sans-serif';

const text =
	'A file of this page could not be loaded, or is not the one that was published. Reload the page. If that does not help, tell the people who run this site.';
