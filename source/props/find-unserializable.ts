interface Mistake {
	/** Dotted path from the props, list indices included. */
	readonly path: string;
	readonly reason: string;
}

/**
 * Finds the first value that made `JSON.stringify` fail, in the order in which it walks.
 *
 * Only ever called after it failed: looking beforehand would walk every page twice.
 */
export function findUnserializable(props: object, cause: unknown): Mistake {
	const reason = cause instanceof Error ? cause.message : String(cause);
	// An explicit stack: what failed may be nested deeper than the call stack.
	const stack: Array<{value: unknown; path: string; ancestors: readonly object[]}> = [
		{value: props, path: '', ancestors: []},
	];
	for (let step = stack.pop(); step; step = stack.pop()) {
		const {path, ancestors} = step;
		let {value} = step;
		try {
			value = applyToJson(value, path);
		} catch (error) {
			return {path, reason: `its \`toJSON\` threw "${error instanceof Error ? error.message : String(error)}"`};
		}

		if (typeof value === 'bigint') return {path, reason: 'it is a BigInt'};
		if (typeof value !== 'object' || value === null) continue;
		if (ancestors.includes(value)) return {path, reason: 'it contains itself'};
		const inside = [...ancestors, value];
		const members = Object.entries(value).map(([key, member]) => ({
			value: member,
			path: path === '' ? key : `${path}.${key}`,
			ancestors: inside,
		}));
		stack.push(...members.toReversed());
	}

	return {path: '', reason};
}

function applyToJson(value: unknown, path: string): unknown {
	const hasToJson =
		((typeof value === 'object' && value !== null) || typeof value === 'bigint') &&
		'toJSON' in Object(value) &&
		typeof (value as {toJSON: unknown}).toJSON === 'function';
	return hasToJson ? (value as {toJSON(key: string): unknown}).toJSON(path.slice(path.lastIndexOf('.') + 1)) : value;
}
