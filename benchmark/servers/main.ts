/** A server process: `main.ts <app> <manifest> <version>`. It tells its port and answers questions about itself. */
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import Koa from 'koa';
import {apps, isAppName} from './apps.ts';
import type {Answer, Question} from './messages.ts';

const [name = '', manifest = '', version = ''] = process.argv.slice(2);
if (!isAppName(name)) {
	throw new TypeError(`There is no app \`${name}\`. There are: ${Object.keys(apps).join(', ')}.`);
}

const tell = (answer: Answer): void => {
	process.send?.(answer);
};

const measureCpu = (): number => {
	const {user, system} = process.cpuUsage();
	return user + system;
};

const measureHeap = (): number => {
	if (globalThis.gc === undefined) {
		throw new Error('The heap is measured with `--expose-gc` only.');
	}

	// We collect twice, because the second collection frees what the first one finalises.
	globalThis.gc();
	globalThis.gc();
	return process.memoryUsage().heapUsed;
};

process.on('message', (question: Question) => {
	tell({value: question === 'cpu' ? measureCpu() : measureHeap()});
});
process.on('disconnect', () => process.exit());

const app = await apps[name](manifest, version);
const server = createServer(app instanceof Koa ? app.callback() : app);
server.listen(0, '127.0.0.1', () => {
	tell({port: (server.address() as AddressInfo).port});
});
