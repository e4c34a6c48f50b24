import {listTags} from './tags.ts';

/** What an element says of the file that the browser refused. */
type Refused = {readonly src?: string; readonly href?: string; readonly integrity?: string} | null;

type RunningNotice = {
	/** The texts that the document shows. */
	readonly shown: string[];
	/** As the browser does it for an element. */
	fail(target: Refused): void;
	/** As Vite does it for a chunk that is loaded later. */
	failPreload(event: {readonly defaultPrevented: boolean}): void;
};

/** Runs the script that tells of refused files in as much of a browser as it needs. `listener` is the application's. */
export function runInDocument(
	html: string,
	url: string,
	listener: (event: Event) => void = () => undefined,
): RunningNotice {
	const code = listTags(html).find(({text}) => text.includes('addEventListener'))!.text;
	const listeners = new Map<string, (event: unknown) => void>();
	const shown: string[] = [];
	const scope = {
		document: {
			body: {appendChild: ({textContent}: {textContent: string}) => shown.push(textContent)},
			createElement: (name: string) => (name === 'a' ? createLink(url) : {style: {}, setAttribute: () => undefined}),
		},
		addEventListener: (name: string, added: (event: unknown) => void) => listeners.set(name, added),
		dispatchEvent(event: Event) {
			listener(event);
			return !event.defaultPrevented;
		},
		setTimeout: (run: () => void) => run(),
	};
	new Function(...Object.keys(scope), code)(...Object.values(scope));
	return {
		shown,
		fail: target => listeners.get('error')!({target}),
		failPreload: event => listeners.get('vite:preloadError')!(event),
	};
}

/** Gives its URL as a browser does: whole. */
function createLink(documentUrl: string): {href: string} {
	let href = '';
	return {
		get href() {
			return href;
		},
		set href(value) {
			href = new URL(value, documentUrl).href;
		},
	};
}
