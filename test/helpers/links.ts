export type Link = {readonly target: string; readonly parameters: Readonly<Record<string, string>>};

/** Reads a `Link` header by the grammar of RFC 8288, with URLs of RFC 3986, and throws for everything else. */
export function parseLinks(header: string): Link[] {
	const links: Link[] = [];
	let rest = header;
	const take = (pattern: RegExp): RegExpExecArray => {
		const found = pattern.exec(rest);
		if (!found) throw new Error(`No ${pattern} at ${JSON.stringify(rest)}`);
		rest = rest.slice(found[0].length);
		return found;
	};
	for (;;) {
		const [, target] = take(/^<((?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[\dA-F]{2}|%)*)>/i);
		const parameters: Record<string, string> = {};
		while (/^\s*;/.test(rest)) {
			const [, name, token, quoted] = take(
				/^\s*;\s*([!#$%&'*+.^`|~\w-]+)(?:=(?:([!#$%&'*+.^`|~\w-]+)|"((?:[^"\\]|\\.)*)"))?/,
			);
			if (name! in parameters) throw new Error(`\`${name}\` is there twice`);
			parameters[name!] = token ?? quoted?.replaceAll(/\\(.)/g, '$1') ?? '';
		}

		links.push({target: target!, parameters});
		if (rest === '') return links;
		take(/^\s*,\s*/);
	}
}
