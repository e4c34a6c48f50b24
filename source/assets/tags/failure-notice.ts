import {createTag, type Tag} from './tag.ts';

/**
 * A script that tells the user when the browser refuses a file whose hash is not the published one. Without it the page
 * stays blank, and says why in the console alone.
 *
 * A listener on the window, and not `onerror` on each tag, which a policy for scripts forbids. What an application does
 * itself about a chunk that doesn't load, by `preventDefault()`, counts as told.
 */
export function createFailureNotice(text = defaultText): Tag {
	const code = `!function(){var d;function f(){if(!d){d=document.createElement("div");d.setAttribute("role","alert");d.style.cssText="position:fixed;z-index:2147483647;inset:auto 1rem 1rem;padding:1rem;border-radius:.5rem;background:#7f1d1d;color:#fff;font:1rem/1.5 system-ui,sans-serif";d.textContent=${JSON.stringify(text)};(document.body||document.documentElement).appendChild(d)}}addEventListener("error",function(e){e.target&&e.target.integrity&&f()},!0);addEventListener("vite:preloadError",function(e){setTimeout(function(){e.defaultPrevented||f()})})}()`;
	return createTag('<script', {}, {content: code});
}

const defaultText =
	'A file of this page could not be loaded, or is not the one that was published. Reload the page. If that does not help, tell the people who run this site.';
