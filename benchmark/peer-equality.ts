import {strictEqual} from 'node:assert';
import {isDeepStrictEqual} from 'node:util';
import {type Answer, fetchAnswer} from './answer.ts';
import type {Check} from './equality.ts';

const shownLength = 300;

/** A peer answers otherwise than the package: its message is what the peer answered. */
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
		// No page at all, which is as wrong as another page.
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

The prop `errors` and what a page holds beside these four may differ: each adapter sends what it needs there. So may
other headers, and the order of members.
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
