import type {FieldErrors} from '../types.ts';
import {describeValue} from './describe.ts';
import {isMessages} from './field-messages.ts';
import {InertiaError} from './inertia-error.ts';
import {OptionError} from './option-error.ts';

/**
 * The input of a request is wrong. Thrown by `ctx.inertia.validate`; an application may throw it too.
 *
 * The middleware answers it: with a redirect back and the errors in the session, or with 422 where JSON is asked for.
 * Not thrown by `validate` in a precognition request, whose handler ends there in any case.
 *
 * @throws {OptionError} from the constructor, for a field without a message or a list of messages.
 * @example
 * import Koa from 'koa';
 * import {ValidationError} from 'koa-inertia';
 *
 * const app = new Koa();
 * app.use(ctx => {
 * 	if (ctx.query.email === 'ada@example.com') throw new ValidationError({email: 'This address is taken.'});
 * });
 */
export class ValidationError extends InertiaError {
	readonly code = 'ERR_INERTIA_VALIDATION';
	readonly status = 422;
	readonly expose = true;
	/** Messages by field; a nested field has a dotted path. Fields without a message are left out. */
	readonly errors: FieldErrors;

	constructor(errors: FieldErrors, options?: ErrorOptions) {
		const wrong = Object.entries(errors).find(([, messages]) => !isMessages(messages));
		if (wrong) {
			throw new OptionError(
				`\`ValidationError\` takes messages by field, received ${describeValue(wrong[1])} for \`${wrong[0]}\`.`,
			);
		}

		const fields = Object.entries(errors).filter(([, messages]) => messages.length > 0);
		super(`The input is not valid: ${nameFields(fields.map(([field]) => field))}.`, options);
		// We never leave the errors empty, because the client would take the answer for a success.
		this.errors = fields.length > 0 ? Object.fromEntries(fields) : {form: 'The input is not valid.'};
	}
}

/** The names in the message. It may be logged, and a body may have thousands of wrong fields. */
function nameFields(names: readonly string[]): string {
	const most = 10;
	if (names.length === 0) return 'no field was named';
	const rest = names.length > most ? ` and ${names.length - most} more` : '';
	return `${names.slice(0, most).join(', ')}${rest}`;
}

/**
 * The schema threw, or gave neither a value nor issues; a thrown value is the `cause`.
 *
 * Thrown by `ctx.inertia.validate`. Not thrown when a check of the schema throws an error of this package, such as a
 * `ValidationError`: that one passes as it is.
 */
export class SchemaError extends InertiaError {
	readonly code = 'ERR_INERTIA_SCHEMA';
}

/**
 * The request has a body, and nothing has parsed it.
 *
 * Thrown by `ctx.inertia.validate`. Not thrown for a request without a body, whose input is `{}`, nor when the input is
 * given to `validate`. `status` is 500 without a body parser, and 415 when a parser doesn't know the type of the body.
 */
export class BodyMissingError extends InertiaError {
	readonly code = 'ERR_INERTIA_BODY_MISSING';
	readonly status: number;

	constructor(message: string, status: number) {
		super(message);
		this.status = status;
	}
}
