import {PropError} from '../errors.ts';
import {findUnserializable} from '../props/find-unserializable.ts';
import type {PageObject, Props} from '../types.ts';

/**
 * Assembles the page object. `errors` comes first and always, since every client reads it.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#the-page-object
 */
export function createPage(component: string, props: Props, url: string, version: string): PageObject {
	return {component, props: {errors: {}, ...props}, url, version};
}

/**
 * The page as JSON. Made inside `render` and not by Koa after all middleware, so that a value that JSON can't hold
 * fails in the handler's own stack, with its name.
 *
 * @throws {PropError} for a BigInt, a cycle or a `toJSON` that throws.
 */
export function stringifyPage(page: PageObject): string {
	try {
		return JSON.stringify(page);
	} catch (cause) {
		const {path, reason} = findUnserializable(page.props, cause);
		throw new PropError(page.component, path, reason, {cause});
	}
}
