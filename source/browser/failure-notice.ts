/**
 * Tells the user when the browser refuses a file whose hash is not the published one. Without this script the page
 * would stay blank, and only the console would say why.
 *
 * One listener on the window hears of every element. We don't use `onerror` on each tag, because a policy for scripts
 * forbids it. An application that calls `preventDefault()` has told the user itself.
 *
 * Older browsers have to parse this script too, so it keeps to the syntax of ES5.
 */

/** The public URL in front of every file of the build. */
declare const publicBase: string;

(function () {
	var notice: HTMLElement | undefined;
	var link = document.createElement('a');
	// The link has the base as the browser resolves it. A file outside of it, such as one that an ad blocker keeps away,
	// is not the application's.
	link.href = publicBase;

	addEventListener(
		'error',
		function (event) {
			var target = event.target as (HTMLScriptElement & HTMLLinkElement) | null;
			if (target && target.integrity && (target.src || target.href || '').indexOf(link.href) === 0) tell();
		},
		true,
	);
	addEventListener('vite:preloadError', function (event) {
		// A listener that the application has added later may still prevent the default.
		setTimeout(function () {
			if (!event.defaultPrevented) tell();
		});
	});

	/** The client fires its own events with the prefix `inertia:`, so this event has another one. */
	function tell(): void {
		if (notice || !dispatchEvent(new Event('koa-inertia:assetError', {cancelable: true}))) return;
		notice = document.createElement('div');
		notice.setAttribute('role', 'alert');
		notice.style.cssText =
			'position:fixed;z-index:2147483647;inset:auto 1rem 1rem;padding:1rem;border-radius:.5rem;background:#7f1d1d;color:#fff;font:1rem/1.5 system-ui,sans-serif';
		notice.textContent =
			'A file of this page could not be loaded, or is not the one that was published. Reload the page. If that does not help, tell the people who run this site.';
		// The body is missing while the browser still reads the head.
		(document.body || document.documentElement).appendChild(notice);
	}
})();
