import {PropError} from '../errors/props.ts';
import {findUnserializable} from '../props/find-unserializable.ts';
import type {PageObject} from '../types.ts';

/**
 * Gives the page as JSON. We stringify inside of `render` and don't leave it to Koa, because a value that JSON can't hold
 * must fail in the handler's own stack, with its name.
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
