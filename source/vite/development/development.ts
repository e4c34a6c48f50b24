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
import {HotFileWriter, removeLeftovers} from './hot-file-writer.ts';
import {joinBase, resolveServerOrigin} from './server-url.ts';
import {collectStyles} from './styles.ts';
import {answerVisitors} from './visitor-page.ts';

/** Milliseconds that the collected styles may take: after that a page without them is better than none. */
const stylesLimit = 5000;

const clientId = '\0koa-inertia:client';

/** Tells the application of the dev server, and serves what documents need from it beside Vite's own files. */
export function createDevelopmentPlugin({hotFile, views}: NormalizedPluginOptions): Plugin {
	// One for each server: at a restart inside of an application, the next one starts before the one before has ended.
	const writers = new WeakMap<object, HotFileWriter>();
	return {
		name: 'koa-inertia:development',
		apply: 'serve',
		configureServer(server) {
			const {config, httpServer} = server;
			const named = path.resolve(config.root, hotFile);
			const file = httpServer ? named : toOwnHotFile(named);
			if (!httpServer) removeLeftovers(named);
			const writer = new HotFileWriter(file);
			writers.set(server.environments.client, writer);
			const announce = (origin: string): void => {
				const name = path.relative('', file);
				try {
					const other = writer.write(formatHotFile(joinBase(origin, config.base) || '/', describeServer(config)));
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
			// A test runner has dev servers too, and no application that should hear of them.
			if (process.env.VITEST === undefined) announceWhenReady(server, announce, () => writer.remove());
			reloadOnChange(server, views);
			serveStyles(server);
			// After everything that Vite serves. Inside of the application, the rest is the application's.
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

function describeServer(config: ResolvedConfig): HotFileDetails {
	return {
		...describeProcess(),
		root: config.root,
		input: listEntryPaths(config),
		hasReactRefresh: config.plugins.some(({name}) => /^vite:react(?:-swc|-refresh)/.test(name)),
	};
}

function announceWhenReady(
	{config, httpServer, environments}: ViteDevServer,
	announce: (origin: string) => void,
	end: () => void,
): void {
	const {origin} = config.server;
	if (!httpServer) {
		// Inside of the application, which has a middleware of this package for it, or of something else.
		if (!config.plugins.some(({name}) => name === middlewareMark)) return;
		announce(origin ?? '');
		return;
	}

	httpServer.once('listening', () => {
		const address = httpServer.address();
		if (typeof address !== 'object' || address === null) return;
		const own = origin ?? resolveServerOrigin(address, config);
		// Images and fonts have URLs that a document of another origin asks for.
		config.server.origin = own;
		// What was transformed before the port was known.
		environments.client.moduleGraph.invalidateAll();
		announce(own);
	});
	httpServer.once('close', end);
}

/** Templates are no modules: nothing else tells the browser that one has changed. */
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

/** Whether a file is code, which Vite brings up to date itself. Not of a file whose text a stylesheet depends on. */
function isModule({moduleGraph}: DevEnvironment, file: string): boolean {
	return [...(moduleGraph.getModulesByFile(normalizePath(file)) ?? [])].some(({id}) => id !== null);
}

function serveStyles(server: ViteDevServer): void {
	const route = joinBase('', server.config.base) + developmentFiles.styles;
	// No other file: Vite guards what it serves itself, and not what a plugin asks it for.
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
