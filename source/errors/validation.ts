import type {FieldErrors} from '../types.ts';
import {describeValue} from './describe.ts';
import {isMessages} from './field-messages.ts';
import {InertiaError} from './inertia-error.ts';
import {OptionError} from './option-error.ts';

/**
 * The input doesn't fit its schema. Thrown by `ctx.inertia.validate`, and may be thrown by an application too.
 *
 * The middleware answers it: with the errors in the session and a redirect back, or with a 422 where JSON is asked for.
 *
 * @example
 * if (await users.hasEmail(email)) throw new ValidationError({email: 'This address is taken.'});
 */
export class ValidationError extends InertiaError {
	readonly code = 'ERR_INERTIA_VALIDATION';
	readonly status = 422;
	readonly expose = true;
	/** Messages by dotted path of the field. */
	readonly errors: FieldErrors;

	constructor(errors: FieldErrors, options?: ErrorOptions) {
		const wrong = Object.entries(errors).find(([, messages]) => !isMessages(messages));
		if (wrong) {
			throw new OptionError(
				`\`ValidationError\` takes messages by field, received ${describeValue(wrong[1])} for \`${wrong[0]}\`.`,
			);
		}

		const fields = Object.entries(errors).filter(([, messages]) => messages.length > 0);
		super(`The input is not valid: ${fields.map(([field]) => field).join(', ') || 'no field was named'}.`, options);
		// Without any message the client would take the answer for a success.
		this.errors = fields.length > 0 ? Object.fromEntries(fields) : {form: 'The input is not valid.'};
	}
}

/** The schema threw where it should have given issues; what it threw is the `cause`. Thrown by `ctx.inertia.validate`. */
export class SchemaError extends InertiaError {
	readonly code = 'ERR_INERTIA_SCHEMA';
}

/**
 * There is no parsed body to validate. Thrown by `ctx.inertia.validate`.
 *
 * `status` is 500 without a body parser, and 415 when there is one that doesn't know the type of what was sent.
 */
export class BodyMissingError extends InertiaError {
	readonly code = 'ERR_INERTIA_BODY_MISSING';
	readonly status: number;

	constructor(message: string, status: number) {
		super(message);
		this.status = status;
	}
}
