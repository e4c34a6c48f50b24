import type {Context} from 'koa';
import {describeValue} from '../errors/describe.ts';
import {OptionError} from '../errors/option-error.ts';

/**
 * Gives the nonce of a request, which the application puts into `ctx.state.cspNonce` and into its policy.
 *
 * @throws {OptionError} for an object and the like. An object would become `nonce="[object Object]"`, and the browser
 * would refuse every tag.
 */
export function getNonce({state: {cspNonce}}: Context): string | undefined {
	if (cspNonce === undefined || cspNonce === null || cspNonce === false) return undefined;
	if (typeof cspNonce === 'string' || typeof cspNonce === 'number') return String(cspNonce);
	throw new OptionError(
		`\`ctx.state.cspNonce\` must be a string, received ${describeValue(cspNonce)}. Write for example \`ctx.state.cspNonce = randomBytes(16).toString('base64')\`.`,
	);
}
