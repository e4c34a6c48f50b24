/**
 * A path with data in its query, as the client's forms write that of a GET or a DELETE: a list under its name with
 * `[]`, an object as JSON, and nothing for what is missing.
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
