/**
 * Every header name of the Inertia protocol that this package reads or writes.
 *
 * `requestHeaders` are in lower case, the form in which Node keeps incoming headers.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#request-headers
 */
export const requestHeaders = {
	inertia: 'x-inertia',
	version: 'x-inertia-version',
	partialComponent: 'x-inertia-partial-component',
	partialData: 'x-inertia-partial-data',
	partialExcept: 'x-inertia-partial-except',
	reset: 'x-inertia-reset',
	exceptOnceProps: 'x-inertia-except-once-props',
	mergeIntent: 'x-inertia-infinite-scroll-merge-intent',
	errorBag: 'x-inertia-error-bag',
	precognition: 'precognition',
	precognitionOnly: 'precognition-validate-only',
	purpose: 'purpose',
	securePurpose: 'sec-purpose',
} as const;

/** @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#response-headers */
export const responseHeaders = {
	inertia: 'X-Inertia',
	location: 'X-Inertia-Location',
	redirect: 'X-Inertia-Redirect',
	version: 'X-Inertia-Version',
	precognition: 'Precognition',
	precognitionSuccess: 'Precognition-Success',
} as const;
