import {describeValue} from '../errors/describe.ts';
import {OptionError} from '../errors/option-error.ts';
import {findUnserializable} from '../props/find-unserializable.ts';
import {isRecord} from '../support/check-options.ts';

/**
 * Gives the values as JSON leaves them, so that a page of this request shows the same as one after a redirect.
 *
 * @throws {OptionError} for a value that JSON can't hold. The session would fail later, and say less.
 */
export function toFlash(
	values: Readonly<Record<string, unknown>>,
	subject = '`ctx.inertia.flash`',
): Readonly<Record<string, unknown>> {
	if (!isRecord(values)) {
		throw new OptionError(
			`${subject} takes an object of values by name, received ${describeValue(values)}. For example: \`ctx.inertia.flash({message: 'Saved.'})\`.`,
		);
	}

	let flash: unknown;
	try {
		flash = JSON.parse(JSON.stringify(values));
	} catch (cause) {
		const {path, reason} = findUnserializable(values, cause);
		throw new OptionError(`${subject} can't keep ${path === '' ? 'its values' : `\`${path}\``} as JSON: ${reason}.`, {
			cause,
		});
	}

	// `toJSON` may turn an object into text, as that of a `Date` does.
	if (isRecord(flash)) return flash;
	throw new OptionError(
		`${subject} takes an object of values by name, received one that JSON turns into ${describeValue(flash)}.`,
	);
}
