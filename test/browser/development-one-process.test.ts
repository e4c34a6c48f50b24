import test from 'ava';
import {launchBrowser, openTab} from '../helpers/browser.ts';
import {changeExample, copyExample} from '../helpers/example-build.ts';
import {startOneProcess} from '../helpers/example-development.ts';
import {signIn} from '../helpers/example-page.ts';
import {listHotFiles} from '../helpers/files.ts';
import {waitFor} from '../helpers/wait-for.ts';

/** Writes every port that the process listens at. */
const reportPorts = `import net from 'node:net';
const {listen} = net.Server.prototype;
net.Server.prototype.listen = function (...values) {
	this.once('listening', () => {
		if (typeof this.address() === 'object') console.log('Listens at ' + this.address().port);
	});
	return listen.apply(this, values);
};`;

test.serial('one process serves the pages and their updates at one port', async t => {
	const directory = await copyExample(t);
	const application = await startOneProcess(t, directory, [
		`--import=data:text/javascript,${encodeURIComponent(reportPorts)}`,
	]);
	const {page, documents, refusals, errors, forget} = await openTab(await launchBrowser(t));
	const origins = new Set<string>();
	page.on('request', request => origins.add(new URL(request.url()).host));
	page.on('websocket', socket => origins.add(new URL(socket.url()).host));

	await signIn(page, `${application.url}/diary/new`);
	const notes = page.getByLabel('Notes');
	await notes.fill('Half a sentence that nobody has');
	forget();

	await changeExample(directory, {
		file: 'source/components/entry-form.tsx',
		from: 'Only you can read them.',
		to: 'Words of a moment ago.',
	});
	await page.getByText('Words of a moment ago.').waitFor();
	t.is(await notes.inputValue(), 'Half a sentence that nobody has');

	for (const [link, heading] of [
		['Logbook', /^446 sightings/],
		['About', 'How this page stays up to date'],
		['Stars', /^Stars$/],
	] as const) {
		await page.getByRole('link', {name: link, exact: true}).click();
		await page.getByRole('heading', {name: heading}).waitFor();
	}

	// What no file of Vite's is comes from the application.
	t.is((await fetch(`${application.url}/favicon.svg`)).headers.get('Content-Type'), 'image/svg+xml');
	t.is((await fetch(`${application.url}/nowhere`)).status, 404);

	t.deepEqual(documents, []);
	t.deepEqual(refusals, []);
	t.deepEqual(errors, []);
	t.deepEqual([...origins], [new URL(application.url).host]);
	t.deepEqual(application.output.match(/Listens at \d+/g), [`Listens at ${new URL(application.url).port}`]);

	t.is(listHotFiles(directory).length, 1);
	t.true((await application.end('SIGINT')) < 5000);
	t.deepEqual(listHotFiles(directory), []);
});

test.serial('one process starts again for a change on the server, and the tab recovers', async t => {
	const directory = await copyExample(t);
	const application = await startOneProcess(t, directory, ['--watch']);
	const {page, refusals} = await openTab(await launchBrowser(t));
	await page.goto(`${application.url}/stars/vega`);
	await page.getByRole('heading', {name: 'Vega'}).waitFor();

	await changeExample(directory, {
		file: 'server/routes.ts',
		from: `render('Stars/Show', {star,`,
		to: `render('Stars/Show', {star: {...star, name: 'A star of the new server'},`,
	});
	await page.getByRole('heading', {name: 'A star of the new server'}).waitFor();
	await page.getByRole('link', {name: 'About'}).click();
	await page.getByRole('heading', {name: 'How this page stays up to date'}).waitFor();
	t.deepEqual(refusals, []);

	// Updates come again too.
	await page.evaluate('window.isSame = true');
	await changeExample(directory, {
		file: 'source/pages/About.tsx',
		from: 'How this page stays up to date',
		to: 'Words of a moment ago',
	});
	await page.getByRole('heading', {name: 'Words of a moment ago'}).waitFor();
	t.true(await page.evaluate('window.isSame'));

	t.true((await application.end('SIGINT')) < 5000);
	await waitFor(async () => listHotFiles(directory).length === 0);
});
