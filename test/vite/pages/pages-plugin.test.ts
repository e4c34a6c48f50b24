import {existsSync, readFileSync, watch, writeFileSync} from 'node:fs';
import {readdir} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import test from 'ava';
import type {InlineConfig} from 'vite';
import {choosePort, createConfig, createProject, loadTools, plainFiles} from '../../helpers/vite-server.ts';
import {waitFor} from '../../helpers/wait-for.ts';

// Before any test: what is declared later is refused.
const allTools = await loadTools();

const listMembers = (text: string): string[] => [...text.matchAll(/^\t\t('.*': .*;)$/gm)].map(([, member]) => member!);

for (const {version, vite, koaInertia} of allTools) {
	const title = `Vite ${version}`;
	const createOwn = (root: string, config: InlineConfig = {}) =>
		createConfig(root, {...config, plugins: [koaInertia({input: 'source/main.ts'})]});
	const declaration = 'source/inertia-pages.d.ts';
	/** As a logger of a user may be: with a state. */
	class Collector {
		hasWarned = false;
		readonly #texts: string[] = [];
		get texts(): string[] {
			return this.#texts.filter(text => text.includes('declaration'));
		}
		info(): void {}
		warn(text: string): void {
			this.#texts.push(text);
		}
		warnOnce(text: string): void {
			this.#texts.push(text);
		}
		error(text: string): void {
			this.#texts.push(text);
		}
		clearScreen(): void {}
		hasErrorLogged(): boolean {
			return false;
		}
	}

	test(`${title}: a declaration that can't be written is a warning of a build and of a dev server`, async t => {
		const root = await createProject(t, {...plainFiles, [`${declaration}/taken.txt`]: ''});
		for (const command of ['build', 'serve']) {
			const customLogger = new Collector();
			const config = createOwn(root, {customLogger});
			if (command === 'build') {
				await vite.build(config);
			} else {
				const server = await vite.createServer(config);
				t.teardown(() => server.close());
				await server.listen();
				await waitFor(() => customLogger.texts.length > 0);
				server.watcher.emit('add', path.join(root, 'source/pages/New.ts'));
				await waitFor(() => customLogger.texts.length > 1);
			}

			t.regex(customLogger.texts[0]!, /not written.*EISDIR/, command);
		}

		t.true(existsSync(path.join(root, 'public/build/.vite/manifest.json')));
		t.deepEqual(await readdir(path.join(root, 'source')), [
			'inertia-pages.d.ts',
			'logo.png',
			'main.css',
			'main.ts',
			'name.ts',
			'pages',
		]);
	});

	test(`${title}: pages that come together are declared by one write`, async t => {
		const root = await createProject(t);
		// Nothing but what the test itself tells.
		const server = await vite.createServer(createOwn(root, {server: {watch: null}}));
		t.teardown(() => server.close());
		await server.listen();
		const file = path.join(root, declaration);
		const before = readFileSync(file, 'utf8');
		let writes = 0;
		const watcher = watch(path.dirname(file), (_, name) => {
			if (name === path.basename(file)) writes += 1;
		});
		t.teardown(() => watcher.close());
		for (let index = 0; index < 200; index += 1) {
			const page = path.join(root, `source/pages/Page${index}.ts`);
			writeFileSync(page, '');
			server.watcher.emit('add', page);
			t.is(readFileSync(file, 'utf8'), before);
		}

		await waitFor(() => writes > 0);
		await delay(200);
		t.is(writes, 1);
		t.is(listMembers(readFileSync(file, 'utf8')).length, 201);
	});

	test(`${title}: a preview, a build for the server and a config that is read write no declaration`, async t => {
		const root = await createProject(t, {...plainFiles, 'public/build/index.js': '', 'ssr.ts': 'export {};\n'});
		for (const command of ['build', 'serve'] as const) await vite.resolveConfig(createOwn(root), command);
		const {httpServer} = await vite.preview({...createOwn(root), preview: {port: choosePort()}});
		httpServer.close();
		await vite.build(createOwn(root, {build: {ssr: 'ssr.ts', outDir: 'server'}}));
		t.false(existsSync(path.join(root, declaration)));
		await vite.build(createOwn(root));
		t.deepEqual(listMembers(readFileSync(path.join(root, declaration), 'utf8')).length, 1);
	});
}
