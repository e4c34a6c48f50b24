import {readFileSync} from 'node:fs';

/**
 * The URL of the running dev server, without a slash at its end, or `undefined` when none runs.
 *
 * The first line of the hot file is the URL. Anything else in it counts as no dev server: the file may be half
 * written, and the next look finds it whole.
 *
 * Read synchronously, since it happens at most once a second and in development only, where the first page after
 * the dev server's start must already come from it.
 */
export function readHotFile(path: string): string | undefined {
	let text: string;
	try {
		text = readFileSync(path, 'utf8');
	} catch {
		return undefined;
	}

	const line = text.split(/\r?\n/, 1)[0]!.trim();
	const url = URL.canParse(line) ? new URL(line) : undefined;
	return url && /^https?:$/.test(url.protocol) ? line.replace(/\/+$/, '') : undefined;
}
