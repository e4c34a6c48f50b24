import {describeValue} from '../errors/describe.ts';
import {OptionError} from '../errors/option-error.ts';
import {findUnserializable} from '../props/find-unserializable.ts';
import {isRecord} from '../support/check-options.ts';

/**
 * The values as JSON leaves them, so that a page of this request shows what one after a redirect would.
 *
 * @throws {OptionError} for what JSON can't hold: later, a session that can't be saved would say less.
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

	// A date, or whatever else says itself that it is no object.
	if (isRecord(flash)) return flash;
	throw new OptionError(
		`${subject} takes an object of values by name, received one that JSON turns into ${describeValue(flash)}.`,
	);
}
