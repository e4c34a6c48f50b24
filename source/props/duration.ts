const milliseconds = {ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000};
type Unit = keyof typeof milliseconds;

/** A length of time: milliseconds, or a number with a unit, for example `'90s'`, `'1h'` or `'7d'`. */
export type Duration = number | `${number}${Unit}`;

/** The milliseconds of a duration; `undefined` for anything else. */
export function parseDuration(duration: unknown): number | undefined {
	if (typeof duration === 'number') return Number.isFinite(duration) && duration >= 0 ? duration : undefined;
	// We don't use the package `ms`, because it accepts "soon" as it does "1 year", and has its types in another package.
	const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|[smhdw])$/.exec(String(duration)) ?? [];
	return amount === undefined ? undefined : Number(amount) * milliseconds[unit as Unit];
}
