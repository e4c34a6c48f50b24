import {type DevEnvironment, isCSSRequest, parseAst, type ViteDevServer} from 'vite';
import {toServedPath} from '../../assets/tags/development-tags.ts';

/**
 * The stylesheets that entries import at once, as one text. The document links it, so that the browser paints nothing
 * before: from the dev server styles come by scripts, and what the template shows would stand there without them.
 *
 * What can't be transformed is left out: the entry itself will report it.
 */
export async function collectStyles(server: ViteDevServer, entries: readonly string[]): Promise<string> {
	const environment = server.environments.client;
	const visited = new Set<string>();
	const styles: string[] = [];

	const visit = async (url: string): Promise<void> => {
		if (visited.has(url)) return;
		visited.add(url);
		if (isCSSRequest(url)) {
			styles.push((await transform(environment, `${url}${url.includes('?') ? '&' : '?'}direct`)) ?? '');
			return;
		}

		// One after the other: the order of stylesheets is that of their imports.
		for (const path of await listImports(server, url)) await visit(path);
	};

	for (const entry of entries) await visit(toServedPath(server.config.root, entry));
	return styles.join('\n');
}

async function transform(environment: DevEnvironment, url: string): Promise<string | undefined> {
	try {
		return (await environment.transformRequest(url))?.code;
	} catch {
		return undefined;
	}
}

/** The paths of the application's modules that a module imports at once; none of one that can't be read. */
async function listImports({environments, config}: ViteDevServer, url: string): Promise<string[]> {
	const code = await transform(environments.client, url);
	try {
		return parseAst(code ?? '').body.flatMap(node =>
			(node.type === 'ImportDeclaration' ||
				node.type === 'ExportAllDeclaration' ||
				node.type === 'ExportNamedDeclaration') &&
			node.source
				? toPath(String(node.source.value), config.base)
				: [],
		);
	} catch {
		return [];
	}
}

/** Without packages, which are bundled for development and have no styles to wait for, and styles as mere text. */
function toPath(url: string, base: string): string | [] {
	if (!url.startsWith(base)) return [];
	const path = `/${url.slice(base.length)}`.replace(/([?&])t=\d+&?/, '$1').replace(/[?&]$/, '');
	const isNone = /^\/(?:@vite\/|@react-refresh|@id\/)|\/node_modules\/(?!.*\.css)|[?&](?:inline|raw|url)\b/.test(path);
	return isNone ? [] : path;
}
