import path from 'node:path';
import {type DevEnvironment, normalizePath, type Plugin, type ResolvedConfig, type ViteDevServer} from 'vite';
import {describeProcess, formatHotFile, type HotFileDetails, toOwnHotFile} from '../../assets/development/hot-file.ts';
import {developmentFiles} from '../../assets/tags/development-tags.ts';
import {getReason} from '../../errors/describe.ts';
import {developmentClientScript} from '../../support/browser-scripts.ts';
import {limitTime, timedOut} from '../../support/time-limit.ts';
import {listEntryPaths} from '../input.ts';
import {middlewareMark} from '../middleware-mark.ts';
import type {NormalizedPluginOptions} from '../normalize-options.ts';
import type {PageDirectory} from '../pages/pages-plugin.ts';
import {HotFileWriter, removeLeftovers} from './hot-file-writer.ts';
import {joinBase, resolveServerOrigin} from './server-url.ts';
import {collectStyles} from './styles.ts';
import {answerVisitors} from './visitor-page.ts';

/** Milliseconds that it may take to collect the styles. After that, a page without styles is better than no page. */
const stylesLimit = 5000;

const clientId = '\0koa-inertia:client';

/** Writes the hot file, by which the application finds the dev server, and serves the files that Vite doesn't have. */
export function createDevelopmentPlugin({hotFile, views}: NormalizedPluginOptions, pages: PageDirectory): Plugin {
	// Each server has a writer of its own: on a restart inside an application, the new server starts before the old one
	// has ended.
	const writers = new WeakMap<object, HotFileWriter>();
	return {
		name: 'koa-inertia:development',
		apply: 'serve',
		configureServer(server) {
			const {config, httpServer} = server;
			const configured = path.resolve(config.root, hotFile);
			const file = httpServer ? configured : toOwnHotFile(configured);
			if (!httpServer) removeLeftovers(configured);
			const writer = new HotFileWriter(file);
			writers.set(server.environments.client, writer);
			const writeHotFile = (origin: string): void => {
				const name = path.relative('', file);
				try {
					const other = writer.write(
						formatHotFile(joinBase(origin, config.base) || '/', describeServer(config, pages)),
					);
					if (other === undefined) return;
					config.logger.warn(
						`The hot file ${name} was that of another dev server, at ${other}. The application now uses this one, and the other one again when this one ends.`,
					);
				} catch (error) {
					config.logger.error(
						`The hot file ${name} was not written, so the application doesn't know of this dev server: ${getReason(error)}. Make its directory writable, or name another file by \`hotFile\`.`,
					);
				}
			};
			// Vitest starts a dev server too, but no application must use it.
			if (process.env.VITEST === undefined) followServer(server, writeHotFile, () => writer.remove());
			reloadOnChange(server, views);
			serveStyles(server);
			// This handler comes after Vite's own. Inside an application there is none, since the application answers the
			// rest.
			return httpServer ? () => void server.middlewares.use(answerVisitors) : undefined;
		},
		resolveId(id) {
			return id === developmentFiles.client ? clientId : undefined;
		},
		load(id) {
			return id === clientId ? developmentClientScript : undefined;
		},
		closeBundle() {
			writers.get(this.environment)?.remove();
		},
	};
}

function describeServer(config: ResolvedConfig, pages: PageDirectory): HotFileDetails {
	return {
		...describeProcess(),
		root: config.root,
		input: listEntryPaths(config),
		pages: pages.path,
		hasReactRefresh: config.plugins.some(({name}) => /^vite:react(?:-swc|-refresh)/.test(name)),
	};
}

/** Calls `onReady` with the server's origin when a browser can reach the server, and `onClose` when it ends. */
function followServer(
	{config, httpServer, environments}: ViteDevServer,
	onReady: (origin: string) => void,
	onClose: () => void,
): void {
	const {origin} = config.server;
	if (!httpServer) {
		// The dev server is inside another process. That process is the application only if it uses `viteMiddleware()`.
		if (!config.plugins.some(({name}) => name === middlewareMark)) return;
		onReady(origin ?? '');
		return;
	}

	httpServer.once('listening', () => {
		const address = httpServer.address();
		if (typeof address !== 'object' || address === null) return;
		const own = origin ?? resolveServerOrigin(address, config);
		// The document has another origin, so the URLs of images and fonts need that of the dev server.
		config.server.origin = own;
		// Modules that were transformed before the port was known have URLs without the origin.
		environments.client.moduleGraph.invalidateAll();
		onReady(own);
	});
	httpServer.once('close', onClose);
}

/** Reloads the browser when a template changes. Vite doesn't, because a template isn't a module. */
function reloadOnChange({config, environments, watcher}: ViteDevServer, views: readonly string[]): void {
	const directories = views.map(directory => path.resolve(config.root, directory));
	watcher.add(directories);
	const reload = (file: string): void => {
		const isBesideTemplates = directories.some(directory => file.startsWith(directory + path.sep));
		if (!file.endsWith('.njk') && (!isBesideTemplates || isModule(environments.client, file))) return;
		environments.client.hot.send({type: 'full-reload', path: '*'});
		config.logger.info(`page reload ${path.relative(config.root, file)}`, {timestamp: true});
	};
	for (const event of ['add', 'change', 'unlink']) watcher.on(event, reload);
}

/**
 * Whether a file is a module, which Vite updates in the browser itself. Vite also knows files that a stylesheet only
 * reads, such as templates with the class names of Tailwind. These have no `id`.
 */
function isModule({moduleGraph}: DevEnvironment, file: string): boolean {
	return [...(moduleGraph.getModulesByFile(normalizePath(file)) ?? [])].some(({id}) => id !== null);
}

function serveStyles(server: ViteDevServer): void {
	const route = joinBase('', server.config.base) + developmentFiles.styles;
	// Only entries can be asked for: Vite checks access to the files that it serves, but not to those that a plugin
	// reads.
	const entries = listEntryPaths(server.config);
	server.middlewares.use(route, async (request, response) => {
		const asked = new URLSearchParams(request.url?.split('?')[1]).getAll('entry');
		const known = asked.map(entry => entry.replace(/^\/+/, '')).filter(entry => entries.includes(entry));
		const styles = await limitTime(collectStyles(server, known), stylesLimit);
		response.setHeader('Content-Type', 'text/css; charset=utf-8');
		response.setHeader('Cache-Control', 'no-store');
		response.end(styles === timedOut ? '' : styles);
	});
}
