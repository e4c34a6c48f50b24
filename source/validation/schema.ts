import type {StandardSchemaV1} from '@standard-schema/spec';
import {describeValue, getReason} from '../errors/describe.ts';
import {InertiaError} from '../errors/inertia-error.ts';
import {OptionError} from '../errors/option-error.ts';
import {SchemaError} from '../errors/validation.ts';
import {isRecord} from '../support/check-options.ts';

/**
 * Validates with any library of the Standard Schema.
 *
 * @throws {OptionError} for what is no schema, {SchemaError} for a schema that throws.
 * @see https://standardschema.dev
 */
export async function runSchema<Output>(
	schema: StandardSchemaV1<unknown, Output>,
	input: unknown,
): Promise<StandardSchemaV1.Result<Output>> {
	// Some libraries make schemas that are functions.
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
		// Thrown on purpose, for example by a check of the application's own.
		if (cause instanceof InertiaError) throw cause;
		throw new SchemaError(
			`The schema of \`ctx.inertia.validate\` threw in place of giving issues: ${getReason(cause)}. What it threw is the \`cause\`.`,
			{cause},
		);
	}
}

/**
 * Zod's `~standard` tries without waiting first: a check that asks a database asks twice, and when it fails, nobody has
 * waited for the first time and the process ends. So its own method is called.
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
