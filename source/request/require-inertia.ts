import type {Context} from 'koa';
import {OptionError} from '../errors/option-error.ts';

/** Checks that a middleware or a route of this package stands after `inertia()`. @throws {OptionError} where it doesn't. */
export function requireInertia(ctx: Context, name: string): void {
	if (ctx.inertia) return;
	throw new OptionError(`\`${name}()\` found no \`ctx.inertia\`. Use it after \`app.use(inertia())\`.`);
}
