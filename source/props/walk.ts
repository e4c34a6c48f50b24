import {PropError, PropLoadError, type PropMistake} from '../errors/props.ts';
import {needsNoWrapping} from '../errors/thrown.ts';
import {isThenable} from '../support/thenable.ts';
import type {LoaderContext} from '../types.ts';
import {addMember, type Container, define, isContainer, removeItems} from './container.ts';
import {decide} from './decide.ts';
import {ignoreFailures} from './ignore-failures.ts';
import {isStatic} from './is-static.ts';
import {ProviderContext} from './loader-context.ts';
import type {Selected} from './match.ts';
import {type Labels, labelAnnounced, labelSent} from './metadata.ts';
import {containsItself, givesFunction, givesItself, hasTooManyLevels, hasTooManyPromises} from './mistakes.ts';
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

/** Levels and promises in a row: more are a loader without an end, or more than the call stack and JSON can take. */
const deepestLevel = 2048;

/** In place of a value that isn't sent. */
const omitted = Symbol('omitted');

/**
 * One pass over a tree of props, as far as it is there already: resolves those that the visit gets, and labels them.
 *
 * All loaders start at once, and the result keeps the order of declaration, so that the same page gives the same
 * bytes. What a promise gives is walked by a pass of its own. A part without anything to resolve is given on as it is.
 */
export class Walk {
	readonly labels: Labels = [];
	readonly #resolution: Resolution;
	/** The containers around the value at hand and the keys that lead to it. */
	readonly #ancestors: object[];
	readonly #keys: string[];
	#pending: Array<Promise<void>> | undefined;
	/** Lists with places of items that turned out not to be sent. */
	#sparse: Set<unknown[]> | undefined;
	/** How many promises led here, one giving the next. */
	readonly #depth: number;

	constructor(resolution: Resolution, ancestors: object[] = [], keys: string[] = [], depth = 0) {
		this.#resolution = resolution;
		this.#ancestors = ancestors;
		this.#keys = keys;
		this.#depth = depth;
	}

	/** Gives what `visit` gives, when all that it left pending is settled. */
	finish(visit: () => unknown): unknown {
		let resolved: unknown;
		try {
			resolved = visit();
		} catch (error) {
			// Nobody will wait for what has started, nor for the promises that the walk didn't come to.
			ignoreFailures([this.#pending, this.#ancestors]);
			throw error;
		}

		if (!this.#pending) return resolved;
		return Promise.all(this.#pending).then(() => {
			for (const list of this.#sparse ?? []) removeItems(list, omitted);
			return resolved;
		});
	}

	/** Fills `result` with the members that are sent, from the `start`th on. */
	visitMembers(source: object, selection: Selected, result: Container, start = 0): Container {
		this.#ancestors.push(source);
		const keys = Object.keys(source);
		for (const key of start === 0 ? keys : keys.slice(start)) {
			const member = (source as Readonly<Record<string, unknown>>)[key];
			const selected = typeof selection === 'string' ? selection : selection.select(key);
			if (selected === 'all' && isStatic(member)) {
				addMember(result, key, member);
				continue;
			}

			if (selected === 'none' && !(member instanceof Prop)) {
				ignoreFailures(member);
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
		if (typeof value === 'function') return this.#visitGiven(this.#make(value));
		if (value instanceof Prop) return this.#visitProp(value, selected !== 'none');
		if (isThenable(value) || isPropProvider(value)) return this.#visitGiven(value);
		if (isPropsProvider(value)) return this.#visitMade(this.#make(value), selected);
		if (value instanceof Extension) {
			return this.#visitMade(this.#make(value.source), selected, made => value.extend(made));
		}

		if (!isContainer(value)) return value;
		if (this.#ancestors.includes(value)) throw this.#createError(containsItself);
		if (this.#keys.length > deepestLevel) throw this.#createError(hasTooManyLevels(deepestLevel));
		return this.visitMembers(value, selected, Array.isArray(value) ? [] : {});
	}

	/** Visits what a function, a promise or a prop gave. A partial reload that asked for that gets all of it. */
	#visitGiven(value: unknown, prop?: Prop): unknown {
		if (typeof value === 'function') throw this.#createError(givesFunction);
		if (value instanceof Prop) return this.#visitProp(prop ? createProp(value, prop.traits) : value, true);
		if (isThenable(value)) return this.#wait(value, (rest, settled) => rest.#visitGiven(settled, prop));
		if (isPropProvider(value) || isPropsProvider(value)) return this.#visitGiven(this.#make(value), prop);
		if (prop) this.#label(prop, value);
		return isStatic(value) ? value : this.#visit(value, 'all');
	}

	#visitProp(prop: Prop, isSelected: boolean): unknown {
		const {visit} = this.#resolution;
		const decision = decide(prop, this.#path, isSelected, visit);
		if (decision === 'send') return prop.traits.defer?.isRescued ? this.#visitRescued(prop) : this.#visitSent(prop);
		ignoreFailures(prop.source);
		if (decision === 'announce') this.labels.push(...labelAnnounced(prop, this.#path, visit));
		return omitted;
	}

	#visitSent(prop: Prop): unknown {
		const {source} = prop;
		return this.#visitGiven(typeof source === 'function' ? this.#make(source) : source, prop);
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
		if (isThenable(given)) return this.#wait(given, (rest, settled) => rest.#visitMade(settled, selected, finish));
		const made = finish(given);
		if (typeof made === 'function') throw this.#createError(givesFunction);
		return this.#visit(made, selected);
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
		if (this.#depth > deepestLevel) throw this.#createError(hasTooManyPromises(deepestLevel));
		const branch = new Walk(this.#resolution, [...this.#ancestors], [...this.#keys], this.#depth + 1);
		this.labels.push(branch.labels);
		return branch;
	}

	/** Keeps the place of a promise in the order of declaration, and fills it when the promise is settled. */
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

	/** Calls a function, or what an object has to make its props. Anything else is made already. */
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
