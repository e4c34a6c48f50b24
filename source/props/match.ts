/**
 * Dotted paths as a tree of their segments, so that a prop is looked up in the time that its own path takes, however
 * many paths a header has. Segments are no members of an object: a path `__proto__` finds a prop of that name only.
 */
export class PathTree {
	/** The first child has no map around it: long paths are chains, and a map for each segment is most of their memory. */
	#name: string | undefined;
	#child: PathTree | undefined;
	#others: Map<string, PathTree> | undefined;
	#isEnd = false;

	static of(paths: readonly string[]): PathTree {
		const root = new PathTree();
		for (const path of paths) root.#add(path);
		return root;
	}

	/** Whether one of the paths ends here, so that everything below belongs to it. */
	get isEnd(): boolean {
		return this.#isEnd;
	}

	/**
	 * What the paths say of a member, or of a path of members; `undefined` when none of them leads there.
	 *
	 * A name with dots is as long as its segments, since a header can't tell the two apart.
	 */
	find(name: string): PathTree | undefined {
		if (!name.includes('.')) return this.#get(name);
		let node: PathTree | undefined = this;
		for (const segment of name.split('.')) {
			node = node.#get(segment);
			if (node === undefined || node.#isEnd) return node;
		}

		return node;
	}

	#get(name: string): PathTree | undefined {
		return name === this.#name ? this.#child : this.#others?.get(name);
	}

	#add(path: string): void {
		let node: PathTree = this;
		for (const segment of path.split('.')) node = node.#get(segment) ?? node.#grow(segment);
		node.#isEnd = true;
	}

	#grow(name: string): PathTree {
		const child = new PathTree();
		if (this.#child) {
			this.#others ??= new Map();
			this.#others.set(name, child);
		} else {
			this.#name = name;
			this.#child = child;
		}

		return child;
	}
}

/** The part of a container that a partial reload asks for: a closer look, all of it, or nothing. */
export type Selected = Selection | 'all' | 'none';

/**
 * What a partial reload asks for below one point of the props.
 *
 * @see https://inertiajs.com/docs/v3/core-concepts/the-protocol#partial-reloads
 */
export class Selection {
	readonly #only: PathTree | undefined;
	readonly #except: PathTree | undefined;

	constructor(only: PathTree | undefined, except: PathTree | undefined) {
		this.#only = only;
		this.#except = except;
	}

	/** What is asked for of a member: with `only`, what an asked path leads to or through; of that, what isn't excepted. */
	select(key: string): Selected {
		const only = this.#only?.find(key);
		if (this.#only && !only) return 'none';
		const except = this.#except?.find(key);
		if (except?.isEnd) return 'none';
		return (only && !only.isEnd) || except ? new Selection(only?.isEnd ? undefined : only, except) : 'all';
	}

	/** Whether a path was asked for itself, or something that it is a part of. */
	covers(path: string): boolean {
		return (!this.#only || this.#only.find(path)?.isEnd === true) && !this.#except?.find(path)?.isEnd;
	}
}
