import './styles.css';
import {createInertiaApp, type ResolvedComponent} from '@inertiajs/react';
import {Layout} from './components/layout.tsx';

// The glob isn't eager, so every page becomes a file of its own, which loads with the first visit that needs it.
const pages = import.meta.glob<{default: ResolvedComponent}>('./pages/**/*.tsx');

await createInertiaApp({
	strictMode: true,
	// The client adds styles itself, for the progress bar and the dialog with an error. They need the nonce too.
	nonce: document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '',
	title: title => `${title} · Nightbook`,
	layout: () => Layout,
	async resolve(name) {
		const load = pages[`./pages/${name}.tsx`];

		if (!load) {
			throw new Error(`The server asked for the page \`${name}\`, and there is no source/pages/${name}.tsx`);
		}

		return (await load()).default;
	},
});
