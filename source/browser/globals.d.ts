interface Window {
	/** The first build of the entries that runs sets this: the modern one, or the one for older browsers. */
	koaInertiaBuild: unknown;
	/** React's fast refresh calls these two from every component. */
	$RefreshReg$: () => void;
	$RefreshSig$: () => (type: unknown) => unknown;
}

/** SystemJS is part of the polyfills of `@vitejs/plugin-legacy`. */
declare const System: {import(url: string): Promise<unknown>};

/** The dev server has this module. Its URL is a value that the server of the application hands in. */
declare module 'value:reactRefreshUrl' {
	export function injectIntoGlobalHook(window: Window): void;
}
