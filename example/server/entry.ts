import type {Context} from 'koa';

/** What the user writes about a star. */
export type Entry = {
	readonly seenOn: string;
	readonly notes: string;
};

export const maximumNotesLength = 500;

/** The client sends forms as JSON. An application with more than one form would use `@koa/bodyparser` for this. */
export async function readEntry(ctx: Context): Promise<Entry> {
	// A form on another site can't send this type without being asked for permission first.
	if (!ctx.is('application/json')) {
		ctx.throw(415, 'Expected JSON');
	}

	let body = '';
	ctx.req.setEncoding('utf8');

	for await (const chunk of ctx.req) {
		body += chunk;

		if (body.length > 10_000) {
			ctx.throw(413, 'The entry is too long');
		}
	}

	const {seenOn, notes} = parseObject(body) ?? ctx.throw(400, 'Expected a JSON object');

	return {seenOn: String(seenOn ?? ''), notes: String(notes ?? '').trim()};
}

export function findErrors({seenOn, notes}: Entry): Partial<Record<keyof Entry, string>> {
	const errors: Partial<Record<keyof Entry, string>> = {};

	if (seenOn !== '' && !isDate(seenOn)) {
		errors.seenOn = 'This is not a date.';
	} else if (seenOn > tomorrow()) {
		errors.seenOn = 'That night is still to come.';
	}

	if (notes.length > maximumNotesLength) {
		errors.notes = `The notes have ${notes.length} characters, and there is room for ${maximumNotesLength}.`;
	}

	return errors;
}

function isDate(value: string) {
	return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
}

/** East of Greenwich the night that's called today may be a day ahead of this clock. */
function tomorrow() {
	return new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

function parseObject(json: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(json);
		return typeof value === 'object' && value !== null ? {...value} : undefined;
	} catch {
		return undefined;
	}
}
