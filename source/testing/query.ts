/**
 * Adds data to the query of a path, as the client's forms do for a GET or a DELETE. A list gets `[]` after its name, an
 * object becomes JSON, and `null` and `undefined` are left out.
 */
export function addQuery(path: string, data: object): string {
	const query = new URLSearchParams();
	for (const [name, value] of Object.entries(data)) {
		if (value === undefined || value === null) continue;
		if (Array.isArray(value)) for (const item of value) query.append(`${name}[]`, String(item));
		else query.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
	}

	return query.size === 0 ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`;
}
