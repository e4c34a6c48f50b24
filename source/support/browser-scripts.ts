// `npm run build:browser` makes this file from `source/browser/`. Change the scripts there, and run it again.
import {toScriptLiteral} from './html.ts';

/** `source/browser/development-client.ts` */
export const developmentClientScript = `for(const e of document.querySelectorAll('link[data-koa-inertia="styles"]'))e.remove();const e={isLost:!1};import.meta.hot?.on("vite:ws:disconnect",()=>{e.isLost=!0}),import.meta.hot?.on("vite:ws:connect",()=>{e.isLost=!1}),document.addEventListener("inertia:before",t=>{const{method:n,url:o,async:i}=t.detail.visit;e.isLost&&!i&&"get"===n&&(t.preventDefault(),location.assign(o.href))}),document.addEventListener("inertia:start",()=>{e.answered=void 0}),document.addEventListener("inertia:beforeUpdate",t=>{e.answered=t.detail.page.url}),document.addEventListener("inertia:networkError",t=>{e.isLost&&void 0!==e.answered&&(t.preventDefault(),location.assign(e.answered))})`;

/** `source/browser/failure-notice.ts` */
export function createFailureNoticeScript(values: {readonly publicBase: string}): string {
	return `!function(){var e,t=document.createElement("a");function n(){!e&&dispatchEvent(new Event("koa-inertia:assetError",{cancelable:!0}))&&((e=document.createElement("div")).setAttribute("role","alert"),e.style.cssText="position:fixed;z-index:2147483647;inset:auto 1rem 1rem;padding:1rem;border-radius:.5rem;background:#7f1d1d;color:#fff;font:1rem/1.5 system-ui,sans-serif",e.textContent="A file of this page could not be loaded, or is not the one that was published. Reload the page. If that does not help, tell the people who run this site.",(document.body||document.documentElement).appendChild(e))}t.href=${toScriptLiteral(values.publicBase)},addEventListener("error",function(e){var r=e.target;r&&r.integrity&&0===(r.src||r.href||"").indexOf(t.href)&&n()},!0),addEventListener("vite:preloadError",function(e){setTimeout(function(){e.defaultPrevented||n()})})}()`;
}

/** `source/browser/legacy-detection.ts` */
export const legacyDetectionScript = `import.meta.resolve("./"),async function*(){}().next(),window.koaInertiaBuild=i=>import(i)`;

/** `source/browser/legacy-fallback.ts` */
export function createLegacyFallbackScript(values: {
	readonly polyfillsUrl: string;
	readonly legacyUrls: readonly string[];
}): string {
	return `if(!window.koaInertiaBuild){const o=document.createElement("script");o.src=${toScriptLiteral(values.polyfillsUrl)},o.onload=()=>{for(const o of ${toScriptLiteral(values.legacyUrls)})System.import(o)},document.head.appendChild(o)}`;
}

/** `source/browser/legacy-note.ts` */
export const legacyNoteScript = `window.koaInertiaBuild=1`;

/** `source/browser/legacy-start.ts` */
export function createLegacyStartScript(values: {readonly legacyUrl: string}): string {
	return `System.import(${toScriptLiteral(values.legacyUrl)})`;
}

/** `source/browser/react-refresh.ts` */
export function createReactRefreshScript(values: {readonly reactRefreshUrl: string}): string {
	return `import{injectIntoGlobalHook as e}from${toScriptLiteral(values.reactRefreshUrl)};e(window),window.$RefreshReg$=()=>{},window.$RefreshSig$=()=>e=>e`;
}
