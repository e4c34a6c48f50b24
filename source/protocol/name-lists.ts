/** What a list in a header can't carry: a comma, what is no printable ASCII, and a space at an end. */
const unsafe = /[^ -+\--~]|^ | $|%(?=[\da-f]{4})/g;

const noNames: readonly string[] = Object.freeze([]);

/**
 * Makes a name safe for a list in a header. The client sends names back as it got them: keys of once props, and paths of
 * deferred props. It fails to send a name such as `国々`, and the comma of `a,b` would make two names of it.
 *
 * Each unsafe character becomes `%` and the four hex digits of its code unit. We don't use percent-encoding of bytes,
 * because it can't express every string that JavaScript has.
 */
export function encodeName(name: string): string {
	return name.replace(unsafe, character => `%${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Reads a list of names that `encodeName` may have made safe. Names are trimmed, and empty ones are left out. */
export function parseNames(header: string | string[] | undefined): readonly string[] {
	const names = parseList(header);
	return names.some(name => name.includes('%')) ? names.map(decodeName) : names;
}

/** Reads a list in a header as it was sent, but for the space around its items. */
export function parseList(header: string | string[] | undefined): readonly string[] {
	if (header === undefined) return noNames;
	return String(header)
		.split(',')
		.map(name => name.trim())
		.filter(name => name !== '');
}

function decodeName(name: string): string {
	return name.replace(/%([\da-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
