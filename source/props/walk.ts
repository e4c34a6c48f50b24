import {PropError, PropLoadError, type PropMistake} from '../errors/props.ts';
import {needsNoWrapping} from '../errors/thrown.ts';
import {isThenable} from '../support/thenable.ts';
import type {LoaderContext} from '../types.ts';
import {addMember, type Container, define, isContainer, removeItems} from './container.ts';
import {decide} from './decide.ts';
import {findDynamic} from './find-dynamic.ts';
import {peek} from './getters.ts';
import {ignoreFailures} from './ignore-failures.ts';
import {ProviderContext} from './loader-context.ts';
import type {Selected} from './match.ts';
import {type Labels, labelAnnounced, labelSent} from './metadata.ts';
import {
	containsItself,
	depthLimit,
	givesFunction,
	givesItself,
	hasTooManyLevels,
	hasTooManyPromises,
} from './mistakes.ts';
import {createProp, type Loader, Prop} from './prop.ts';
import type {PropsVisit} from './props-visit.ts';
import {isPropProvider, isPropsProvider} from './provider.ts';
import {LateMembers} from './unpack.ts';

/** What is the same for all props of one page. */
interface Resolution {
	readonly component: string;
	readonly context: LoaderContext;
	readonly visit: PropsVisit;
	/** Called with the error of a deferred prop that is left out because of it. */
	readonly report: (error: unknown) => void;
}

/** Stands in place of a value that isn't sent. */
const omitted = Symbol('omitted');

/**
 * One pass over the part of a tree of props that is there already: it resolves and labels the props that the visit gets.
 *
 * All loaders start at once, and the result keeps the order of declaration, so that the same page gives the same bytes.
 * The value of a promise gets a walk of its own, a branch. A static part is sent as it is, without a copy.
 */
export class Walk {
	readonly labels: Labels = [];
	readonly #resolution: Resolution;
	/** The containers around the current value, and the keys that lead to it. */
	readonly #ancestors: object[];
	readonly #keys: string[];
	#pending: Array<Promise<void>> | undefined;
	/** Lists with an item that was a promise and turned out to be `omitted`. */
	#sparse: Set<unknown[]> | undefined;
	/** The number of promises that led here, each given by the one before. */
	readonly #depth: number;

	constructor(resolution: Resolution, ancestors: object[] = [], keys: string[] = [], depth = 0) {
		this.#resolution = resolution;
		this.#ancestors = ancestors;
		this.#keys = keys;
		this.#depth = depth;
	}

	/** Runs a visit, and gives its result when everything in it is settled. Called for the page and for each branch. */
	finish(visit: () => unknown): unknown {
		let resolved: unknown;
		try {
			resolved = visit();
		} catch (error) {
			// Nobody will wait for the loaders that have started, or for the promises that the walk didn't reach.
			ignoreFailures([this.#pending, this.#ancestors]);
			throw error;
		}

		if (!this.#pending) return resolved;
		return Promise.all(this.#pending).then(() => {
			for (const list of this.#sparse ?? []) removeItems(list, omitted);
			return resolved;
		});
	}

	/** Puts the members that are sent into `result`. Called for the props of the page, and by `#visit` for a container. */
	visitMembers(source: object, selection: Selected, result: Container, start = 0): Container {
		this.#ancestors.push(source);
		const keys = Object.keys(source);
		for (const key of start === 0 ? keys : keys.slice(start)) {
			const selected = typeof selection === 'string' ? selection : selection.select(key);
			const member = selected === 'none' ? peek(source, key) : (source as Readonly<Record<string, unknown>>)[key];
			if (selected === 'none' && !(member instanceof Prop)) {
				ignoreFailures(member);
				continue;
			}

			const dynamic = selected === 'all' ? findDynamic(member) : member;
			if (selected === 'all' && dynamic === undefined) {
				addMember(result, key, member);
				continue;
			}

			this.#keys.push(key);
			this.#place(result, key, this.#visit(dynamic, selected));
			this.#keys.pop();
		}

		this.#ancestors.pop();
		return result;
	}

	/** Visits one value. Called for each member, and by `#visitGiven` and `#visitMade` for what was made in its place. */
	#visit(value: unknown, selected: Selected): unknown {
		if (typeof value === 'function') return this.#visitGiven(this.#make(value));
		if (value instanceof Prop) return this.#visitProp(value, selected !== 'none');
		if (isThenable(value) || isPropProvider(value)) return this.#visitGiven(value);
		if (isPropsProvider(value)) return this.#visitMade(this.#make(value), selected);
		if (value instanceof LateMembers) {
			return this.#visitMade(this.#make(value.source), selected, made => value.extend(made));
		}

		if (!isContainer(value)) return value;
		if (this.#ancestors.includes(value)) throw this.#createError(containsItself);
		if (this.#keys.length > depthLimit) throw this.#createError(hasTooManyLevels);
		return this.visitMembers(value, selected, Array.isArray(value) ? [] : {});
	}

	/**
	 * Visits the answer of a function, a promise, a prop or `toInertiaProp`; each that is sent comes here from `#visit`
	 * or `#visitSent`. A partial reload that asks for a part of the answer gets all of it.
	 */
	#visitGiven(value: unknown, prop?: Prop): unknown {
		if (typeof value === 'function') throw this.#createError(givesFunction);
		if (value instanceof Prop) return this.#visitProp(prop ? createProp(value, prop.traits) : value, true);
		if (isThenable(value)) return this.#wait(value, (branch, settled) => branch.#visitGiven(settled, prop));
		if (isPropProvider(value) || isPropsProvider(value)) return this.#visitGiven(this.#make(value), prop);
		if (prop) this.#label(prop, value);
		const dynamic = findDynamic(value);
		return dynamic === undefined ? value : this.#visit(dynamic, 'all');
	}

	/** Decides about a prop. `#visit` calls it for a member, `#visitGiven` for a prop that a function or promise gave. */
	#visitProp(prop: Prop, isSelected: boolean): unknown {
		const {visit} = this.#resolution;
		const decision = decide(prop, this.#path, isSelected, visit);
		if (decision === 'send') return prop.traits.defer?.isRescued ? this.#visitRescued(prop) : this.#visitSent(prop);
		ignoreFailures(prop.source);
		if (decision === 'announce') this.labels.push(...labelAnnounced(prop, this.#path, visit));
		return omitted;
	}

	/** Visits the source of a prop that is sent. Called by `#visitProp` and `#visitRescued`. */
	#visitSent(prop: Prop): unknown {
		const {source} = prop;
		return this.#visitGiven(typeof source === 'function' ? this.#make(source) : source, prop);
	}

	/** Visits a prop with `rescue` in a branch, so that a failure leaves nothing of it. Called by `#visitProp`. */
	#visitRescued(prop: Prop): unknown {
		const path = this.#path;
		const branch = this.#branch();
		const rescue = (error: unknown): typeof omitted => {
			this.#resolution.report(error);
			branch.labels.splice(0, Number.POSITIVE_INFINITY, {member: 'rescuedProps', path});
			return omitted;
		};

		try {
			const resolved = branch.finish(() => branch.#visitSent(prop));
			return resolved instanceof Promise ? resolved.catch(rescue) : resolved;
		} catch (error) {
			return rescue(error);
		}
	}

	/**
	 * Visits the answer of `toInertiaProps`, and a value that gets late members; `#visit` calls it for both. A partial
	 * reload selects among the members, as in any object.
	 */
	#visitMade(given: unknown, selected: Selected, extend = (value: unknown) => value): unknown {
		if (isThenable(given)) return this.#wait(given, (branch, settled) => branch.#visitMade(settled, selected, extend));
		const made = extend(given);
		if (typeof made === 'function') throw this.#createError(givesFunction);
		return this.#visit(made, selected);
	}

	/** Waits for a promise, and visits its value in a branch. */
	#wait(promise: PromiseLike<unknown>, visit: (branch: Walk, settled: unknown) => unknown): Promise<unknown> {
		const branch = this.#branch();
		return Promise.resolve(promise).then(
			settled => branch.finish(() => visit(branch, settled)),
			error => {
				throw branch.#createLoadError(error);
			},
		);
	}

	#branch(): Walk {
		if (this.#depth > depthLimit) throw this.#createError(hasTooManyPromises);
		const branch = new Walk(this.#resolution, [...this.#ancestors], [...this.#keys], this.#depth + 1);
		this.labels.push(branch.labels);
		return branch;
	}

	/** Puts a resolved value into its container. A promise keeps its place there, which is filled when it is settled. */
	#place(target: Container, key: string, value: unknown): void {
		if (value === omitted) return;
		const place = addMember(target, key, value);
		if (!(value instanceof Promise)) return;
		this.#pending ??= [];
		this.#pending.push(
			value.then(settled => {
				define(target, place, settled);
				if (settled !== omitted) return;
				if (!Array.isArray(target)) delete target[place];
				else this.#sparse = (this.#sparse ?? new Set()).add(target);
			}),
		);
	}

	/** Calls a function, or the method of a provider. Gives any other value as it is. */
	#make(maker: unknown): unknown {
		const {component, context} = this.#resolution;
		const isProvider = isPropProvider(maker) || isPropsProvider(maker);
		let made = maker;
		try {
			if (typeof maker === 'function') return (maker as Loader<unknown>)(context);
			if (!isProvider) return maker;
			const place = new ProviderContext(context, component, this.#path, this.#ancestors.at(-1) ?? {});
			made = isPropProvider(maker) ? maker.toInertiaProp(place) : maker.toInertiaProps(place);
		} catch (error) {
			throw this.#createLoadError(error);
		}

		if (made === maker) throw this.#createError(givesItself);
		return made;
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

	#createError(mistake: Omit<PropMistake, 'path'>): PropError {
		return new PropError(this.#resolution.component, {path: this.#path, ...mistake});
	}

	#createLoadError(error: unknown): unknown {
		return needsNoWrapping(error) ? error : new PropLoadError(this.#resolution.component, this.#path, error);
	}
}
