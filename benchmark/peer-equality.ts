import {strictEqual} from 'node:assert';
import {isDeepStrictEqual} from 'node:util';
import {type Answer, fetchAnswer} from './answer.ts';
import type {Check} from './equality.ts';

const shownLength = 300;

/** A peer gave another answer than the package. The message has the peer's answer. */
export class WrongAnswerError extends Error {
	override name = 'WrongAnswerError' as const;

	constructor({status, headers, text}: Answer) {
		const shown = text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
		super(`${status}, X-Inertia: ${headers.get('x-inertia')}, ${headers.get('content-type')}\n${shown}`);
	}
}

type Comparable = {status: number; isInertia: boolean; isJson: boolean; page: unknown};

const readPage = (text: string): unknown => {
	try {
		const {component, props, url, version} = JSON.parse(text);
		const {errors: _, ...others} = props;
		return {component, props: others, url, version};
	} catch {
		// An answer without a page is as wrong as an answer with another page.
		return undefined;
	}
};

const toComparable = ({status, headers, text}: Answer): Comparable => ({
	status,
	isInertia: headers.get('x-inertia') === 'true',
	isJson: headers.get('content-type')?.startsWith('application/json') ?? false,
	page: readPage(text),
});

/**
The page must be the same in component, props, url and version.

The prop `errors` and the other members of the page may differ, since each adapter sends there what it needs. Other headers
and the order of members may differ too.
*/
export const checkPeerEquality: Check = async ({name, status, headers}, ports, version) => {
	const subject = toComparable(await fetchAnswer(ports.subject, headers(version)));
	const answer = await fetchAnswer(ports.reference, headers(version));
	strictEqual(subject.status, status, `The status of \`${name}\` is wrong.`);
	strictEqual(subject.isInertia && subject.isJson && subject.page !== undefined, true, `\`${name}\` sends no page.`);
	if (!isDeepStrictEqual(toComparable(answer), subject)) {
		throw new WrongAnswerError(answer);
	}
};
