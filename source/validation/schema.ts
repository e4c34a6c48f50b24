import type {StandardSchemaV1} from '@standard-schema/spec';
import {describeValue, getReason} from '../errors/describe.ts';
import {InertiaError} from '../errors/inertia-error.ts';
import {OptionError} from '../errors/option-error.ts';
import {SchemaError} from '../errors/validation.ts';
import {isRecord} from '../support/check-options.ts';

/**
 * Runs a schema of any library that implements Standard Schema.
 *
 * @throws {OptionError} for a value that is no schema; {SchemaError} when it throws, or gives neither a value nor issues.
 * @see https://standardschema.dev
 */
export async function runSchema<Output>(
	schema: StandardSchemaV1<unknown, Output>,
	input: unknown,
): Promise<StandardSchemaV1.Result<Output>> {
	// We don't ask for an object, because the schemas of some libraries are functions.
	const standard = schema?.['~standard'];
	if (typeof standard?.validate !== 'function') {
		throw new OptionError(
			`\`ctx.inertia.validate\` takes a Standard Schema, for example of Zod, Valibot or ArkType, received ${describeValue(schema)}.`,
		);
	}

	try {
		const result = await callValidate(schema, input);
		if (isRecord(result)) return result;
		throw new SchemaError(
			`The schema of \`ctx.inertia.validate\` gave ${describeValue(result)} in place of a value or issues.`,
		);
	} catch (cause) {
		// The application threw this on purpose, for example a `ValidationError` in a check of its own.
		if (cause instanceof InertiaError) throw cause;
		throw new SchemaError(
			`The schema of \`ctx.inertia.validate\` threw in place of giving issues: ${getReason(cause)}. What it threw is the \`cause\`.`,
			{cause},
		);
	}
}

/**
 * Calls `validate` of the schema, but for Zod its own `safeParseAsync`.
 *
 * We don't use Zod's `~standard`, because it tries without waiting first. An async check would run twice, and when it
 * fails, the first run is a rejection that nobody handles, which ends the process.
 */
async function callValidate<Output>(
	schema: StandardSchemaV1<unknown, Output> & {safeParseAsync?: unknown},
	input: unknown,
): Promise<StandardSchemaV1.Result<Output>> {
	const {vendor} = schema['~standard'];
	if (vendor !== 'zod' || typeof schema.safeParseAsync !== 'function') return schema['~standard'].validate(input);
	const {success, data, error} = await schema.safeParseAsync(input);
	return success ? {value: data} : {issues: error.issues};
}
