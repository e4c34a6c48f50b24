/**
 * Loads the build for older browsers where no build has noted that it runs: in browsers which have modules, skip
 * `nomodule`, and can't run the modern scripts.
 */

declare const polyfillsUrl: string;
declare const legacyUrls: readonly string[];

if (!window.koaInertiaBuild) {
	const script = document.createElement('script');
	script.src = polyfillsUrl;
	script.onload = () => {
		for (const url of legacyUrls) System.import(url);
	};
	document.head.appendChild(script);
}
