import {isAnswer, PropError, PropLoadError} from '../errors.ts';
import {ignoreFailure, isThenable, proceed} from '../thenable.ts';
import type {LoaderContext, Props} from '../types.ts';
import {addMember, type Container, define, isContainer, removeItems} from './container.ts';
import {decide} from './decide.ts';
import {isStatic} from './is-static.ts';
import {ProviderContext} from './loader-context.ts';
import type {Selected} from './match.ts';
import {type Labels, labelAnnounced, labelSent} from './metadata.ts';
import {createProp, type Loader, Prop} from './prop.ts';
import type {PropsVisit} from './props-visit.ts';
import {isPropProvider, isPropsProvider} from './provider.ts';
import {Extension} from './unpack.ts';

/** What all props of one page are resolved for. */
export interface Resolution {
	readonly component: string;
	readonly context: LoaderContext;
	readonly visit: PropsVisit;
	/** Takes the error of a deferred prop that is left out because of it. */
	readonly report: (error: unknown) => void;
}

export interface ResolvedProps {
	readonly props: Props;
	readonly labels: Labels;
}

/** In place of a value that isn't sent. */
const omitted = Symbol('omitted');

/**
 * Resolves the props that a visit gets, at any depth, and labels them.
 *
 * All loaders start at once, and the result keeps the order of declaration, so that the same page gives the same
 * bytes. It is a promise only where a prop is one. A part without anything to resolve is given on as it is.
 *
 * @throws {PropError} for a container that contains itself and for a loader that gives a function, {PropLoadError}
 * for a loader that fails.
 */
export function resolveProps(props: Props, resolution: Resolution): ResolvedProps | Promise<ResolvedProps> {
	const walk = new Walk(resolution);
	const {labels} = walk;
	// Every client reads `errors`. Where the props have some, these take the place.
	const resolving = walk.finish(() => walk.visitMembers(props, resolution.visit.selection, {errors: {}}));
	return proceed(resolving, resolved => ({props: resolved as Props, labels}));
}

/** One pass over a tree, as far as it is there already. What a promise gives is walked by a pass of its own. */
class Walk {
	readonly labels: Labels = [];
	readonly #resolution: Resolution;
	/** The containers around the value at hand and the keys that lead to it. */
	readonly #ancestors: object[];
	readonly #keys: string[];
	readonly #pending: Array<Promise<void>> = [];
	/** Lists with places of items that turned out not to be sent. */
	readonly #sparse = new Set<unknown[]>();

	constructor(resolution: Resolution, ancestors: object[] = [], keys: string[] = []) {
		this.#resolution = resolution;
		this.#ancestors = ancestors;
		this.#keys = keys;
	}

	/** Gives what `visit` gives, when all that it left pending is settled. */
	finish(visit: () => unknown): unknown {
		let resolved: unknown;
		try {
			resolved = visit();
		} catch (error) {
			// Nobody will wait for what has started.
			for (const promise of this.#pending) ignoreFailure(promise);
			throw error;
		}

		if (this.#pending.length === 0) return resolved;
		return Promise.all(this.#pending).then(() => {
			for (const list of this.#sparse) removeItems(list, omitted);
			return resolved;
		});
	}

	/** Fills `result` with the members that are sent. */
	visitMembers(source: object, selection: Selected, result: Container): Container {
		this.#ancestors.push(source);
		for (const key of Object.keys(source)) {
			const member = (source as Readonly<Record<string, unknown>>)[key];
			const selected = typeof selection === 'string' ? selection : selection.select(key);
			if (selected === 'all' && isStatic(member)) {
				addMember(result, key, member);
				continue;
			}

			if (selected === 'none' && !(member instanceof Prop)) {
				ignoreFailure(member);
				continue;
			}

			this.#keys.push(key);
			this.#place(result, key, this.#visit(member, selected));
			this.#keys.pop();
		}

		this.#ancestors.pop();
		return result;
	}

	/** Gives the value with everything in it resolved, a promise of that, or `omitted`. */
	#visit(value: unknown, selected: Selected): unknown {
		if (typeof value === 'function') return this.#visitGiven(this.#call(value as Loader<unknown>));
		if (value instanceof Prop) return this.#visitProp(value, selected !== 'none');
		if (isThenable(value) || isPropProvider(value)) return this.#visitGiven(value);
		if (isPropsProvider(value)) return this.#visitMade(this.#provide(value, value.toInertiaProps), selected);
		if (value instanceof Extension) {
			const {source} = value;
			const given: unknown = typeof source === 'function' ? this.#call(source as Loader<unknown>) : source;
			return this.#visitMade(given, selected, base => value.extend(base));
		}

		if (!isContainer(value)) return value;
		if (this.#ancestors.includes(value)) throw this.#createError('it contains itself');
		return this.visitMembers(value, selected, Array.isArray(value) ? [] : {});
	}

	/** Visits what a function, a promise or a prop gave. A partial reload that asked for that gets all of it. */
	#visitGiven(value: unknown, prop?: Prop): unknown {
		if (typeof value === 'function') throw this.#createError('it gives a function instead of a value');
		if (value instanceof Prop) return this.#visitProp(prop ? createProp(value, prop.traits) : value, true);
		if (isThenable(value)) return this.#wait(value, (rest, settled) => rest.#visitGiven(settled, prop));
		if (isPropProvider(value)) return this.#visitGiven(this.#provide(value, value.toInertiaProp), prop);
		if (isPropsProvider(value)) return this.#visitGiven(this.#provide(value, value.toInertiaProps), prop);
		if (prop) this.#label(prop, value);
		return isStatic(value) ? value : this.#visit(value, 'all');
	}

	#visitProp(prop: Prop, isSelected: boolean): unknown {
		const {visit} = this.#resolution;
		const decision = decide(prop, this.#path, isSelected, visit);
		if (decision === 'send') return prop.traits.defer?.isRescued ? this.#visitRescued(prop) : this.#visitSent(prop);
		ignoreFailure(prop.source);
		if (decision === 'announce') this.labels.push(...labelAnnounced(prop, this.#path, visit));
		return omitted;
	}

	#visitSent(prop: Prop): unknown {
		const {source} = prop;
		return this.#visitGiven(typeof source === 'function' ? this.#call(source as Loader<unknown>) : source, prop);
	}

	/** With a pass of its own, so that nothing of it is left when it fails. */
	#visitRescued(prop: Prop): unknown {
		const path = this.#path;
		const rest = this.#branch();
		const rescue = (error: unknown): typeof omitted => {
			this.#resolution.report(error);
			rest.labels.splice(0, Number.POSITIVE_INFINITY, {member: 'rescuedProps', path});
			return omitted;
		};

		try {
			const resolved = rest.finish(() => rest.#visitSent(prop));
			return resolved instanceof Promise ? resolved.catch(rescue) : resolved;
		} catch (error) {
			return rescue(error);
		}
	}

	/** Visits an object that had to be made first. A partial reload asks for its members, as for those of any object. */
	#visitMade(given: unknown, selected: Selected, finish = (made: unknown) => made): unknown {
		return isThenable(given)
			? this.#wait(given, (rest, settled) => rest.#visit(finish(settled), selected))
			: this.#visit(finish(given), selected);
	}

	#wait(promise: PromiseLike<unknown>, visit: (rest: Walk, settled: unknown) => unknown): Promise<unknown> {
		const rest = this.#branch();
		return Promise.resolve(promise).then(
			settled => rest.finish(() => visit(rest, settled)),
			error => {
				throw rest.#createLoadError(error);
			},
		);
	}

	#branch(): Walk {
		const branch = new Walk(this.#resolution, [...this.#ancestors], [...this.#keys]);
		this.labels.push(branch.labels);
		return branch;
	}

	/** Keeps the place of a promise in the order of declaration, and fills it when the promise is settled. */
	#place(target: Container, key: string, value: unknown): void {
		if (value === omitted) return;
		const place = addMember(target, key, value);
		if (!(value instanceof Promise)) return;
		this.#pending.push(
			value.then(settled => {
				define(target, place, settled);
				if (settled !== omitted) return;
				if (Array.isArray(target)) this.#sparse.add(target);
				else delete target[place];
			}),
		);
	}

	#call(loader: Loader<unknown>): unknown {
		try {
			return loader(this.#resolution.context);
		} catch (error) {
			throw this.#createLoadError(error);
		}
	}

	#provide(provider: object, method: (context: ProviderContext) => unknown): unknown {
		const {component, context} = this.#resolution;
		const given = this.#call(() =>
			method.call(provider, new ProviderContext(context, component, this.#path, this.#ancestors.at(-1) ?? {})),
		);
		if (given === provider) throw this.#createError('it gives itself instead of a value');
		return given;
	}

	#label(prop: Prop, value: unknown): void {
		try {
			this.labels.push(...labelSent(prop, this.#path, this.#resolution.visit, value));
		} catch (error) {
			throw this.#createLoadError(error);
		}
	}

	get #path(): string {
		return this.#keys.join('.');
	}

	#createError(reason: string): PropError {
		return new PropError(this.#resolution.component, this.#path, reason);
	}

	#createLoadError(error: unknown): unknown {
		return isAnswer(error) ? error : new PropLoadError(this.#resolution.component, this.#path, error);
	}
}
