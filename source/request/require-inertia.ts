import type {Context} from 'koa';
import {OptionError} from '../errors/option-error.ts';

/** For what stands before the middleware where it must stand after it. @throws {OptionError} */
export function requireInertia(ctx: Context, name: string): void {
	if (ctx.inertia) return;
	throw new OptionError(`\`${name}()\` found no \`ctx.inertia\`. Use it after \`app.use(inertia())\`.`);
}
