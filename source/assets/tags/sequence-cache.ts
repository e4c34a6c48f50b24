/** A place in the tree of sequences. */
interface Step<Value> {
	value?: Value;
	readonly next: WeakMap<object, Step<Value>>;
}

/** Characters that a value counts for beside its own: sequences are kept even where nothing is left to say. */
const overhead = 200;

/**
 * Values by sequences of objects, as many as fit into a number of characters.
 *
 * A tree, and not a text that names the sequence, which would have to be put together for each request. It holds the
 * objects weakly: what is worked out for those of one request alone goes with them.
 */
export class SequenceCache<Value extends {readonly length: number}> {
	readonly #limit: number;
	#root: Step<Value> = createStep();
	#length = 0;

	constructor(limit: number) {
		this.#limit = limit;
	}

	/** The value of `last` after `earlier`. */
	get(earlier: readonly object[], last: object, create: () => Value): Value {
		const known = this.#find(earlier, last).value;
		if (known) return known;
		const value = create();
		// All at once: those that are asked for again are soon back, and none is looked at on each request.
		if (this.#length > this.#limit) {
			this.#root = createStep();
			this.#length = 0;
		}

		this.#find(earlier, last).value = value;
		this.#length += value.length + overhead;
		return value;
	}

	#find(earlier: readonly object[], last: object): Step<Value> {
		let step = this.#root;
		for (const object of earlier) step = proceed(step, object);
		return proceed(step, last);
	}
}

function createStep<Value>(): Step<Value> {
	return {next: new WeakMap()};
}

function proceed<Value>({next}: Step<Value>, object: object): Step<Value> {
	let step = next.get(object);
	if (!step) {
		step = createStep();
		next.set(object, step);
	}

	return step;
}
