import type {StandardSchemaV1} from '@standard-schema/spec';
import type {Context} from 'koa';
import {ValidationError} from '../errors/validation.ts';
import {responseHeaders} from '../protocol/headers.ts';
import type {Visit} from '../protocol/visit.ts';
import type {FieldErrors} from '../types.ts';
import {readInput} from './input.ts';
import {toErrors} from './issues.ts';
import {PrecognitionEnd, type PrecognitionRecord, recordPrecognition} from './precognition.ts';
import {runSchema} from './schema.ts';

/** The part of a request's state that a validation reads, and writes to. */
interface ValidatedRequest extends PrecognitionRecord {
	readonly visit: Visit;
}

/**
 * Validates the input of a request, or the given one, and gives the output of the schema.
 *
 * A precognition request asks for the validation alone: its messages are recorded, and its handler ends here, whether
 * the input is valid or not.
 *
 * @throws {ValidationError} for wrong input; {PrecognitionEnd} after any input of a precognition request; and what
 * `readInput` and `runSchema` throw.
 */
export async function validate<Output>(
	ctx: Context,
	request: ValidatedRequest,
	schema: StandardSchemaV1<unknown, Output>,
	given: readonly [input?: unknown],
): Promise<Output> {
	ctx.vary(responseHeaders.precognition);
	// We look at the number of arguments, because an input may be given as `undefined`, for example a missing upload.
	const result = await runSchema(schema, given.length === 0 ? readInput(ctx) : given[0]);
	const {isPrecognition, validateOnly} = request.visit;
	if (isPrecognition) {
		recordPrecognition(request, result.issues ? findAskedErrors(result.issues, validateOnly) : {});
		throw new PrecognitionEnd();
	}

	if (result.issues) throw new ValidationError(toErrors(result.issues, undefined));
	return result.value;
}

/** Gives the errors of the fields that a request asks for; never none to a request that asks for all. */
function findAskedErrors(
	issues: readonly StandardSchemaV1.Issue[],
	fields: readonly string[] | undefined,
): FieldErrors {
	const errors = toErrors(issues, fields);
	return fields === undefined ? new ValidationError(errors).errors : errors;
}
