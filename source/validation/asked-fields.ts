import {appendToList} from '../support/append-to-list.ts';

/** Stands for any name in the path of a field. */
const anyName = '*';

/**
 * The fields that a request asks for, as a tree of the names in their paths. A node has the paths that lead to it.
 *
 * A look-up takes the time of its own path, however many fields are asked for. The nodes are made on the first look-up
 * that comes to them, because the paths of a request may meet in far more ways than its errors do.
 */
export class AskedFields {
	/** Whether one of the paths ends here, so that every field below belongs to it. */
	readonly #isEnd: boolean;
	readonly #depth: number;
	readonly #pathsByName = new Map<string, Array<readonly string[]>>();
	readonly #nodes = new Map<string, AskedFields>();

	private constructor(paths: ReadonlyArray<readonly string[]>, depth: number) {
		this.#depth = depth;
		this.#isEnd = paths.some(path => path.length === depth);
		// Below the end of a path nothing is looked up.
		if (this.#isEnd) return;
		for (const path of paths) appendToList(this.#pathsByName, path[depth]!, path);
	}

	static of(fields: readonly string[]): AskedFields {
		return new AskedFields(
			fields.map(field => field.split('.')),
			0,
		);
	}

	/** Whether a field is asked for, or lies inside of one that is. */
	has(field: string): boolean {
		let node: AskedFields | undefined = this;
		for (const name of field.split('.')) {
			node = node.#find(name);
			if (node === undefined || node.#isEnd) return node !== undefined;
		}

		return false;
	}

	#find(name: string): AskedFields | undefined {
		const known = this.#pathsByName.has(name) ? name : anyName;
		const present = this.#nodes.get(known);
		if (present) return present;
		const own = this.#pathsByName.get(known) ?? [];
		const paths = known === anyName ? own : [...own, ...(this.#pathsByName.get(anyName) ?? [])];
		if (paths.length === 0) return undefined;
		const node = new AskedFields(paths, this.#depth + 1);
		this.#nodes.set(known, node);
		return node;
	}
}
