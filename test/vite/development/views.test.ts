import {rm} from 'node:fs/promises';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {KoaInertiaOptions} from 'koa-inertia/vite';
import type {Plugin} from 'vite';
import {createDirectory} from '../../helpers/build.ts';
import {writeFiles} from '../../helpers/files.ts';
import {
	connectSocket,
	createProject,
	get,
	type HotSocket,
	loadTools,
	plainFiles,
	readHot,
	readToken,
	startServer,
} from '../../helpers/vite-server.ts';
import {waitFor} from '../../helpers/wait-for.ts';

const countReloads = ({messages}: HotSocket): number => messages.filter(({type}) => type === 'full-reload').length;

for (const tools of await loadTools()) {
	const title = `Vite ${tools.version}`;
	const start = async (t: ExecutionContext, root: string, options: KoaInertiaOptions = {}, plugins: Plugin[] = []) => {
		const server = await startServer(t, tools, root, {
			options: {input: 'source/main.ts', ...options},
			config: {plugins},
		});
		const {url} = (await readHot(root))!;
		const socket = (await connectSocket(t, `${url}/`, {token: await readToken(url)}))!;
		await waitFor(() => socket.messages.some(({type}) => type === 'connected'));
		return {server, url, socket};
	};
	const waitForReload = async (socket: HotSocket, change: () => Promise<void>): Promise<void> => {
		const before = countReloads(socket);
		await change();
		await waitFor(() => countReloads(socket) > before);
	};

	test(`${title}: a template that changes, comes or goes reloads the browser`, async t => {
		const root = await createProject(t, {...plainFiles, 'views/app.njk': 'one'});
		const {socket, server} = await start(t, root);
		await waitFor(() => Object.keys(server.watcher.getWatched()).some(name => name.endsWith('views')));
		await waitForReload(socket, () => writeFiles(root, {'views/app.njk': 'two'}));
		await waitForReload(socket, () => writeFiles(root, {'views/partials/menu.html': 'menu'}));
		await waitForReload(socket, () => rm(path.join(root, 'views/app.njk')));
		// Named as a template, outside of the directory.
		await waitForReload(socket, () => writeFiles(root, {'other/page.njk': 'page'}));
		t.pass();
	});

	test(`${title}: a change of another file does not reload the browser`, async t => {
		const root = await createProject(t, {...plainFiles, 'views/app.njk': 'one', 'server.js': '1'});
		const {socket, server} = await start(t, root);
		await waitFor(() => Object.keys(server.watcher.getWatched()).some(name => name.endsWith('views')));
		await writeFiles(root, {'server.js': '2', 'views.txt': 'no template', 'public/hot.txt': 'no template'});
		// What comes after it is told after it.
		await waitForReload(socket, () => writeFiles(root, {'views/app.njk': 'two'}));
		t.is(countReloads(socket), 1);
	});

	test(`${title}: templates may be outside of Vite's root, and come into being later`, async t => {
		const root = await createProject(t);
		const elsewhere = await createDirectory(t);
		await writeFiles(elsewhere, {'views/app.html': 'one'});
		const views = [path.join(elsewhere, 'views'), path.join(elsewhere, 'later')];
		const {socket, server} = await start(t, root, {views});
		await waitFor(() => Object.keys(server.watcher.getWatched()).some(name => name.endsWith('views')));
		await waitForReload(socket, () => writeFiles(elsewhere, {'views/app.html': 'two'}));
		await waitForReload(socket, () => writeFiles(elsewhere, {'later/new.html': 'new'}));
		t.pass();
	});

	test(`${title}: a stylesheet that was collected is still updated without a reload`, async t => {
		const root = await createProject(t);
		const {socket, url} = await start(t, root);
		t.regex((await get(`${url}/@koa-inertia/styles.css?entry=source/main.ts`)).text, /--main/);
		await get(`${url}/source/main.ts`);
		await get(`${url}/source/main.css`, {accept: '*/*', 'sec-fetch-dest': 'script'});
		await get(`${url}/source/main.css?import`);
		await writeFiles(root, {'source/main.css': ':root { --main: changed; }\n'});
		await waitFor(() => socket.messages.some(({type}) => type === 'update'));
		t.is(countReloads(socket), 0);
		t.regex((await get(`${url}/@koa-inertia/styles.css?entry=source/main.ts`)).text, /changed/);
	});

	test(`${title}: a module beside the templates is updated without a reload`, async t => {
		const root = await createProject(t, {
			...plainFiles,
			'source/main.ts': "import '../views/widget.ts';\n",
			'views/widget.ts': 'import.meta.hot?.accept();\n',
			'views/app.njk': 'one',
		});
		const {socket, url} = await start(t, root);
		await get(`${url}/source/main.ts`);
		await get(`${url}/views/widget.ts`);
		await writeFiles(root, {'views/widget.ts': "import.meta.hot?.accept();\nconsole.log('changed');\n"});
		await waitFor(() => socket.messages.some(({type}) => type === 'update'));
		// What comes after it is told after it.
		await waitForReload(socket, () => writeFiles(root, {'views/app.njk': 'two'}));
		t.is(countReloads(socket), 1);
	});

	test(`${title}: a template whose text a stylesheet depends on, or that is imported, still reloads the browser`, async t => {
		const root = await createProject(t, {
			...plainFiles,
			'source/main.ts': "import './main.css';\nimport text from '../views/raw.njk?raw';\n\nconsole.log(text);\n",
			'views/app.eta': 'one',
			'views/raw.njk': 'one',
		});
		const scanner: Plugin = {
			name: 'scanner',
			transform(_, id) {
				if (id.endsWith('main.css')) this.addWatchFile(path.join(root, 'views/app.eta'));
			},
		};
		const {socket, url, server} = await start(t, root, {}, [scanner]);
		await get(`${url}/source/main.ts`);
		await get(`${url}/source/main.css?import`);
		await get(`${url}/views/raw.njk?raw&import`);
		const {moduleGraph} = server.environments.client;
		for (const name of ['app.eta', 'raw.njk']) {
			await waitFor(() => moduleGraph.getModulesByFile(path.join(root, 'views', name)) !== undefined);
			const before = countReloads(socket);
			await writeFiles(root, {[`views/${name}`]: 'two'});
			await waitFor(() => countReloads(socket) > before);
		}

		t.pass();
	});
}
