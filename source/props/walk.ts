import {getReason} from '../errors/describe.ts';
import {PropError, type PropMistake} from '../errors/props.ts';
import {isThenable} from '../support/thenable.ts';
import type {LoaderContext} from '../types.ts';
import {addMember, type Container, isContainer} from './container.ts';
import {claimOnceKey, decide, isHeldByClient} from './decide.ts';
import {findDynamic} from './find-dynamic.ts';
import {peek} from './getters.ts';
import {ignoreFailures} from './ignore-failures.ts';
import {createLoadError, make, type Place} from './make.ts';
import type {Selected} from './match.ts';
import {type Labels, labelAnnounced, labelSent} from './metadata.ts';
import {
	containsItself,
	depthLimit,
	failsInToJson,
	givesFunction,
	hasTooManyLevels,
	hasTooManyPromises,
} from './mistakes.ts';
import {omitted, PendingMembers} from './pending-members.ts';
import {createProp, Prop} from './prop.ts';
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
	/** The path of the prop to which the page gives each key of once props. */
	readonly onceOwners: Map<string, string>;
}

/**
 * One pass over the part of a tree of props that is there already: it resolves and labels the props that the visit gets.
 *
 * All loaders start at once, and the result keeps the order of declaration, so that the same page gives the same bytes.
 * The value of a promise gets a walk of its own, a branch. A static part is sent as it is, without a copy.
 */
export class Walk implements Place {
	readonly labels: Labels = [];
	readonly #resolution: Resolution;
	/** The containers around the current value, and the keys that lead to it. */
	readonly #ancestors: object[];
	readonly #keys: string[];
	readonly #pending = new PendingMembers();
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
			ignoreFailures([this.#pending.promises, this.#ancestors]);
			throw error;
		}

		return this.#pending.promises.length === 0 ? resolved : this.#pending.settle(resolved);
	}

	/**
	 * Puts the members that are sent into `result`. Called for the props of the page, and by `#visit` for a container.
	 *
	 * A list is gone through by index, as JSON does it: a hole is an item, and another member of the list is none.
	 *
	 * This is one method, because each level of the props takes the room of its calls on the stack.
	 */
	visitMembers(source: object, selection: Selected, result: Container, start = 0): Container {
		this.#ancestors.push(source);
		const list = Array.isArray(source) ? source : undefined;
		const keys = list ?? Object.keys(source);
		for (let index = start; index < keys.length; index += 1) {
			const key: string = list ? String(index) : keys[index];
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
			this.#pending.place(result, key, this.#visit(dynamic, selected));
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
		if (value instanceof LateMembers) return this.#visitMade(this.#make(value.source), selected, value);

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
		if (value instanceof LateMembers) return this.#visitExtended(this.#make(value.source), value, prop);
		if (prop) this.#label(prop, value);
		const dynamic = findDynamic(value);
		return dynamic === undefined ? value : this.#visit(dynamic, 'all');
	}

	/** Decides about a prop. `#visit` calls it for a member, `#visitGiven` for a prop that a function or promise gave. */
	#visitProp(given: Prop, isSelected: boolean): unknown {
		const {visit, onceOwners} = this.#resolution;
		const prop = given.traits.once ? claimOnceKey(given, this.path, onceOwners) : given;
		const isHeld = isHeldByClient(prop, this.path, this.#ancestors, visit);
		const decision = decide(prop, isHeld, isSelected, visit);
		if (decision === 'send') return prop.traits.defer?.isRescued ? this.#visitRescued(prop) : this.#visitSent(prop);
		ignoreFailures(prop.source);
		if (decision === 'announce') this.labels.push(...labelAnnounced(prop, this.path, isHeld, visit));
		return omitted;
	}

	/** Visits the source of a prop that is sent. Called by `#visitProp` and `#visitRescued`. */
	#visitSent(prop: Prop): unknown {
		const {source} = prop;
		return this.#visitGiven(typeof source === 'function' ? this.#make(source) : source, prop);
	}

	/** Visits a prop with `rescue` in a branch, so that a failure leaves nothing of it. Called by `#visitProp`. */
	#visitRescued(prop: Prop): unknown {
		const path = this.path;
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
	#visitMade(made: unknown, selected: Selected, late?: LateMembers): unknown {
		if (isThenable(made)) return this.#wait(made, (branch, settled) => branch.#visitMade(settled, selected, late));
		if (typeof made === 'function') throw this.#createError(givesFunction);
		return this.#visit(late ? this.#extend(made, late) : made, selected);
	}

	/** Visits the source of a prop that gets late members. Called by `#visitGiven`. */
	#visitExtended(made: unknown, late: LateMembers, prop: Prop | undefined): unknown {
		if (isThenable(made)) return this.#wait(made, (branch, settled) => branch.#visitExtended(settled, late, prop));
		if (typeof made === 'function') throw this.#createError(givesFunction);
		return this.#visitGiven(this.#extend(made, late), prop);
	}

	#extend(made: unknown, late: LateMembers): unknown {
		try {
			return late.extend(made, this.#keys.at(-1)!);
		} catch (error) {
			throw this.#createError(failsInToJson(getReason(error)), {cause: error});
		}
	}

	/** Waits for a promise, and visits its value in a branch. */
	#wait(promise: PromiseLike<unknown>, visit: (branch: Walk, settled: unknown) => unknown): Promise<unknown> {
		const branch = this.#branch();
		return Promise.resolve(promise).then(
			settled => branch.finish(() => visit(branch, settled)),
			error => {
				throw createLoadError(this.#resolution.component, branch.path, error);
			},
		);
	}

	#branch(): Walk {
		if (this.#depth > depthLimit) throw this.#createError(hasTooManyPromises);
		const branch = new Walk(this.#resolution, [...this.#ancestors], [...this.#keys], this.#depth + 1);
		this.labels.push(branch.labels);
		return branch;
	}

	#make(maker: unknown): unknown {
		return make(maker, this.#resolution, this);
	}

	#label(prop: Prop, value: unknown): void {
		try {
			this.labels.push(...labelSent(prop, this.path, this.#resolution.visit, value));
		} catch (error) {
			throw createLoadError(this.#resolution.component, this.path, error);
		}
	}

	get path(): string {
		return this.#keys.join('.');
	}

	get parent(): object {
		return this.#ancestors.at(-1) ?? {};
	}

	#createError(mistake: Omit<PropMistake, 'path'>, options?: ErrorOptions): PropError {
		return new PropError(this.#resolution.component, {path: this.path, ...mistake}, options);
	}
}
