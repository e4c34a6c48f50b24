import {AssertionError} from 'node:assert';
import {responseHeaders} from '../protocol/headers.ts';
import {isRecord} from '../support/check-options.ts';
import {describeBody} from './describe-response.ts';
import {getHeader, type TestResponse} from './response.ts';

/** Lists of messages by the dotted path of their field. */
export type FieldMessages = Readonly<Record<string, readonly string[]>>;

/** The answer that a client received to the validation of a form. */
export class Validation<Response extends TestResponse = TestResponse> {
	/** The response. It has status 204 if the fields are valid, and 422 if they aren't. */
	readonly response: Response;

	constructor(response: Response) {
		this.response = response;
	}

	/**
	 * All messages of the fields that are wrong. The object is empty if all fields are valid.
	 *
	 * It is read on access, so that you can look at the `response` of another answer.
	 *
	 * @throws {AssertionError} when the fields weren't validated; its message says what was received instead.
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
