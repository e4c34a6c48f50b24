/** Headers that describe the body or the connection of another response. */
const describesResponse =
	/^(?:content-.*|transfer-encoding|connection|keep-alive|proxy-.*|te|trailer|upgrade|etag|last-modified|accept-ranges)$/i;

/**
 * Lists the headers of an error that go on to the response which is made from it.
 *
 * These are the headers of an HTTP error, as `ctx.throw()` makes it, which says by `expose` whether its message is shown.
 * Headers of any other error come from elsewhere, for example from a server that was asked by the handler: its cookies and
 * its encoding are none of this response's.
 */
export function listErrorHeaders(error: object): Array<[name: string, value: string | string[]]> {
	const {expose, headers} = error as {readonly expose?: unknown; readonly headers?: unknown};
	if (typeof expose !== 'boolean' || typeof headers !== 'object' || headers === null) return [];
	return Object.entries(headers)
		.filter(([name, value]) => !describesResponse.test(name) && value !== undefined)
		.map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : String(value)]);
}
