import {type DevEnvironment, isCSSRequest, parseAst, type ViteDevServer} from 'vite';
import {toServedPath} from '../../assets/tags/development-tags.ts';

/**
 * Collects the stylesheets that entries import statically, as one text.
 *
 * The document links this text, so that the browser paints nothing without styles. The styles of a dev server come by
 * scripts, and the content of the template would be visible before these have run.
 *
 * A module that can't be transformed is left out, because Vite reports its failure when the browser loads the entry.
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

		// We don't load imports side by side, because stylesheets have the order of their imports.
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

/** Lists the paths of the application's modules that a module imports statically. An unreadable module has none. */
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

/**
 * Returns the path of a module below the root. It returns an empty list for packages, which are bundled for development
 * and have no styles to wait for, and for stylesheets that are imported as text or as a URL.
 */
function toPath(url: string, base: string): string | [] {
	if (!url.startsWith(base)) return [];
	const path = `/${url.slice(base.length)}`.replace(/([?&])t=\d+&?/, '$1').replace(/[?&]$/, '');
	const isNone = /^\/(?:@vite\/|@react-refresh|@id\/)|\/node_modules\/(?!.*\.css)|[?&](?:inline|raw|url)\b/.test(path);
	return isNone ? [] : path;
}
