import type {Snapshot} from '../assets/snapshot.ts';

/** A document as it was rendered, and who rendered it. */
interface RenderedDocument {
	readonly html: string;
	readonly snapshot: Snapshot;
	readonly component: string;
	/** The name of the root template; `undefined` where `rootView` renders the documents. */
	readonly template: string | undefined;
}

interface MissingTags {
	readonly code: string;
	readonly message: string;
}

/**
 * Finds out whether a document lacks the page or the application's code. The browser then shows a blank page and says
 * nothing. It reads the whole document, so it is for development.
 *
 * We look into the document and don't count the calls of `inertia()` and `vite()`: a template may write these elements
 * itself, and one that calls them may drop what they give. No page can hide them, since `<` is escaped in its JSON.
 */
export function findMissingTags({html, snapshot, component, template}: RenderedDocument): MissingTags | undefined {
	const lacksPage = !/<[^<>]+\sdata-page\s*=/i.test(html);
	// An application without a build and without a dev server may have scripts of any kind, or none.
	const lacksScript = snapshot.kind !== 'empty' && !/<script\b[^>]*\s(?:src\s*=|type\s*=\s*["']?module)/i.test(html);
	if (!lacksPage && !lacksScript) return undefined;
	const [page, script] = template === undefined ? calls.rootView : calls.template;
	const subject = template === undefined ? '`rootView`' : `The root template \`${template}\``;
	const start = `${subject} gives a document of \`${component}\` without`;
	if (!lacksScript) {
		return {
			code: 'INERTIA_TEMPLATE_WITHOUT_PAGE',
			message: `${start} the page, so the browser shows nothing. Write \`${page}\` into its body.`,
		};
	}

	if (!lacksPage) {
		return {
			code: 'INERTIA_TEMPLATE_WITHOUT_SCRIPT',
			message: `${start} a script, so the browser shows nothing. Write \`${script}\` into its head.`,
		};
	}

	const other = template === undefined ? '' : ' If it is no root template, name another one by the option `template`.';
	return {
		code: 'INERTIA_NO_ROOT_TEMPLATE',
		message: `${start} the page and without a script, so the browser shows nothing. Write \`${script}\` into its head and \`${page}\` into its body.${other}`,
	};
}

const calls = {
	template: ['{{ inertia() }}', '{{ vite(page=page) }}'],
	rootView: ['tags.inertia()', 'tags.vite({page})'],
} as const;
