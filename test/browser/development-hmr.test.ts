import test from 'ava';
import {launchBrowser, openTab} from '../helpers/browser.ts';
import {changeExample, copyExample} from '../helpers/example-build.ts';
import {startDevelopmentApplication, startDevServer} from '../helpers/example-development.ts';
import {signIn} from '../helpers/example-page.ts';
import {readStyle} from '../helpers/example-policy.ts';
import {waitFor} from '../helpers/wait-for.ts';

const readVersion = `document.querySelector('meta[name=inertia-version]').content`;

test.serial(
	'a change of a component or a stylesheet reaches the page without a load, and a template reloads it',
	async t => {
		const directory = await copyExample(t);
		await startDevServer(t, directory);
		const application = await startDevelopmentApplication(t, directory);
		const {page, documents, refusals, visits, errors, forget} = await openTab(await launchBrowser(t));

		await signIn(page, `${application.url}/diary/new`);
		const notes = page.getByLabel('Notes');
		await notes.fill('Half a sentence that nobody has');
		await page.evaluate('window.isSame = true');
		const version = await page.evaluate<string>(readVersion);
		forget();

		await changeExample(directory, {
			file: 'source/components/entry-form.tsx',
			from: 'Only you can read them.',
			to: 'Words of a moment ago.',
		});
		await page.getByText('Words of a moment ago.').waitFor();
		t.is(await notes.inputValue(), 'Half a sentence that nobody has');

		await changeExample(directory, {
			file: 'source/styles.css',
			from: '.hint {\n\tcolor: var(--muted);',
			to: '.hint {\n\tcolor: rgb(1 2 3);',
		});
		await waitFor(async () => (await readStyle(page, '.hint:not(:empty)', 'color')) === 'rgb(1, 2, 3)');
		t.is(await notes.inputValue(), 'Half a sentence that nobody has');
		t.true(await page.evaluate('window.isSame'));
		t.deepEqual(documents, []);

		// Nothing of this is a new version: the next visit is answered.
		await page.getByRole('link', {name: 'About'}).click();
		await page.getByRole('heading', {name: 'How this page stays up to date'}).waitFor();
		t.is(visits.at(-1)?.request().headers()['x-inertia-version'], version);
		t.is(visits.at(-1)?.headers()['x-inertia-version'], version);
		t.deepEqual(refusals, []);
		t.deepEqual(documents, []);
		t.true(await page.evaluate('window.isSame'));

		await changeExample(directory, {file: 'views/app.njk', from: 'Build <code>', to: 'A new template <code>'});
		await page.getByText('A new template').waitFor();
		t.is(documents.length, 1);
		t.is(await page.evaluate(readVersion), version);
		await page.getByRole('heading', {name: 'How this page stays up to date'}).waitFor();
		t.deepEqual(errors, []);
	},
);
