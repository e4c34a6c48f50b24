/**
 * The dotted paths of a header as a tree of their segments.
 *
 * Looking up a prop takes the time of its own path, however many paths the header has. The children of a node are
 * in a `Map`, because in an object a path `__proto__` would find a member that every object has.
 */
export class PathTree {
	/** A leaf has no map: most paths have one segment. */
	#children: Map<string, PathTree> | undefined;
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
	 * Gives the node of a member, or `undefined` when no path leads there.
	 *
	 * A name with dots is followed segment by segment, since a header can't tell a dot in a name from one between names.
	 */
	find(name: string): PathTree | undefined {
		if (!name.includes('.')) return this.#children?.get(name);
		let node: PathTree | undefined = this;
		for (const segment of name.split('.')) {
			node = node.#children?.get(segment);
			if (node === undefined || node.#isEnd) return node;
		}

		return node;
	}

	#add(path: string): void {
		let node: PathTree = this;
		for (const segment of path.split('.')) node = node.#children?.get(segment) ?? node.#grow(segment);
		node.#isEnd = true;
	}

	#grow(segment: string): PathTree {
		const child = new PathTree();
		this.#children ??= new Map();
		this.#children.set(segment, child);
		return child;
	}
}

/** What a partial reload asks for of a container: `'all'`, `'none'`, or a selection among its members. */
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

	/**
	 * Gives what is asked for of a member.
	 *
	 * With `only`, that is what one of its paths names, leads through or contains. What `except` names is taken away.
	 */
	select(key: string): Selected {
		const only = this.#only?.find(key);
		if (this.#only && !only) return 'none';
		const except = this.#except?.find(key);
		if (except?.isEnd) return 'none';
		return (only && !only.isEnd) || except ? new Selection(only?.isEnd ? undefined : only, except) : 'all';
	}

	/** Whether the prop at a path was asked for as a whole: by its own path, or by that of something around it. */
	covers(path: string): boolean {
		return (!this.#only || this.#only.find(path)?.isEnd === true) && !this.#except?.find(path)?.isEnd;
	}
}
