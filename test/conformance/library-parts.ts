import * as library from 'koa-inertia';

type Callable = (...values: unknown[]) => unknown;

const isCallable = (value: unknown): value is Callable => typeof value === 'function';

// Prop factories and methods are looked up by name: cases of a part that isn't built yet are pending and must not
// keep the runner from compiling.
const lookUp = (holder: object, name: string, what: string): Callable => {
	const found: unknown = Reflect.get(holder, name);
	if (!isCallable(found)) {
		throw new TypeError(`${what} \`${name}\` doesn't exist: add its part to \`waiting\` in pending.ts.`);
	}

	return found;
};

export const factory = (name: string): Callable => lookUp(library, name, 'The prop factory');

export const callMethod = (holder: object, name: string, ...values: unknown[]): unknown =>
	Reflect.apply(lookUp(holder, name, 'The method'), holder, values);
