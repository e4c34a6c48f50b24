import {OptionError} from '../errors/option-error.ts';
import {checkOptions, type Expectation, isObject, text} from '../support/check-options.ts';
import type {ClientOptions, OpenOptions, ReloadOptions, ValidateOptions, VisitOptions} from './options.ts';

type Expectations<Options> = Readonly<Record<keyof Options, Expectation>>;

const methods = ['get', 'post', 'put', 'patch', 'delete'];
const isListOfPaths = (value: unknown): boolean =>
	Array.isArray(value) && value.every(item => typeof item === 'string' && item !== '');
const pathsOfProps: Expectation = {accepts: isListOfPaths, expected: 'a list of the paths of props'};
const openExpectations: Expectations<OpenOptions> = {
	headers: {accepts: isObject, expected: 'an object of headers'},
};
const reloadExpectations: Expectations<ReloadOptions> = {
	only: pathsOfProps,
	except: pathsOfProps,
	reset: pathsOfProps,
	errorBag: text,
	...openExpectations,
};
const bodyExpectations: Expectations<Pick<VisitOptions, 'method' | 'data'>> = {
	method: {accepts: value => methods.includes(value as string), expected: `one of ${methods.join(', ')}`},
	data: {accepts: isObject, expected: 'an object'},
};
const visitExpectations: Expectations<VisitOptions> = {...bodyExpectations, ...reloadExpectations};
const validateExpectations: Expectations<ValidateOptions> = {
	...bodyExpectations,
	only: {accepts: isListOfPaths, expected: 'a list of the paths of fields'},
	...openExpectations,
};
const clientExpectations: Expectations<ClientOptions> = {
	version: {accepts: value => typeof value === 'string', expected: 'a string'},
};

export function checkClientOptions(options: ClientOptions): void {
	checkOptions('createClient', options, clientExpectations);
}

export function checkOpenOptions(options: OpenOptions): void {
	checkOptions('client.open', options, openExpectations);
}

export function checkReloadOptions(subject: string, options: ReloadOptions): void {
	checkOptions(subject, options, reloadExpectations);
}

export function checkValidateOptions(options: ValidateOptions): void {
	checkOptions('client.validate', options, validateExpectations);
}

/** @throws {OptionError} for wrong options, and for a GET with data, which a real client would put into the query. */
export function checkVisitOptions(options: VisitOptions): void {
	checkOptions('client.visit', options, visitExpectations);
	const {method = 'get', data} = options;
	if (method !== 'get' || data === undefined) return;
	throw new OptionError(
		'In `client.visit`, the option `data` is the body, and a GET has none. Put it into the query of the path, or set `method`.',
	);
}
