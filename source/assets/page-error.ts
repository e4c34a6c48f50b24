import {OptionError} from '../errors/option-error.ts';
import {suggest} from '../support/nearest.ts';

/** Makes the error for a component that no page has: where the pages are, and what to do beside correcting the name. */
export function createPageError(
	component: string,
	pages: Iterable<string>,
	{place, cure}: {readonly place: string; readonly cure: string},
): OptionError {
	return new OptionError(
		`\`${component}\` is no page: ${place} has none of that name.${suggest(component, pages)} Correct the name, ${cure}, or set \`pages: false\` in \`koaInertia()\` of the Vite config if pages lie elsewhere too.`,
	);
}
