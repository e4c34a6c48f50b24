import {AssertionError} from 'node:assert';
import {responseHeaders} from '../protocol/headers.ts';
import {isRecord} from '../support/check-options.ts';
import {describeBody} from './describe-response.ts';
import {getHeader, type TestResponse} from './response.ts';

/** Messages by the dotted path of their field. */
export type FieldMessages = Readonly<Record<string, readonly string[]>>;

/** What a client received for the validation of a form. */
export class Validation<Response extends TestResponse = TestResponse> {
	/** The response: 204 when the fields are valid, 422 when they aren't. */
	readonly response: Response;

	constructor(response: Response) {
		this.response = response;
	}

	/**
	 * All messages of the fields that are wrong; empty when the server calls them valid.
	 *
	 * Read when it is asked for, so that an answer of another kind can be looked at by its `response`.
	 *
	 * @throws {AssertionError} when the fields weren't validated, with what was received instead.
	 */
	get errors(): FieldMessages {
		const {response} = this;
		const isValidated = getHeader(response, responseHeaders.precognition) === 'true';
		if (isValidated && response.status === 204 && getHeader(response, responseHeaders.precognitionSuccess)) return {};
		const errors = isValidated && response.status === 422 ? parseErrors(response) : undefined;
		if (errors) return errors;
		throw new AssertionError({
			message: `The fields were not validated: ${describeBody(response)} Does the handler call \`ctx.inertia.validate\`, and nothing answer before?`,
		});
	}
}

function parseErrors({text = ''}: TestResponse): FieldMessages | undefined {
	try {
		const {errors} = JSON.parse(text);
		return isRecord(errors) ? (errors as FieldMessages) : undefined;
	} catch {
		return undefined;
	}
}
