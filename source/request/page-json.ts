import {PropError} from '../errors/props.ts';
import {findUnserializable} from '../props/find-unserializable.ts';
import type {PageObject} from '../types.ts';

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
		throw new PropError(page.component, findUnserializable(page.props, cause), {cause});
	}
}
