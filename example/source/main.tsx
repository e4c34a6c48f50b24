import './styles.css';
import {createInertiaApp, type ResolvedComponent} from '@inertiajs/react';
import {Layout} from './components/layout.tsx';

// Not eager, so every page becomes a file of its own, loaded at the first visit that needs it.
const pages = import.meta.glob<{default: ResolvedComponent}>('./pages/**/*.tsx');

await createInertiaApp({
	strictMode: true,
	// For the styles that the client adds itself: of the progress bar, and of the dialog with an error.
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
