import {addMember, type Container, define} from './container.ts';

/** Stands in place of a value that isn't sent. */
export const omitted = Symbol('omitted');

const none: ReadonlyArray<Promise<void>> = Object.freeze([]);

/** The members of one walk whose values aren't there yet. */
export class PendingMembers {
	#promises: Array<Promise<void>> | undefined;
	/** Lists with an item that was a promise and turned out to be `omitted`. */
	#sparse: Set<unknown[]> | undefined;

	/** Each is settled when its member has its value. */
	get promises(): ReadonlyArray<Promise<void>> {
		return this.#promises ?? none;
	}

	/** Puts a resolved value into its container. A promise keeps its place there, which is filled when it is settled. */
	place(target: Container, key: string, value: unknown): void {
		if (value === omitted) return;
		const place = addMember(target, key, value);
		if (!(value instanceof Promise)) return;
		this.#promises ??= [];
		this.#promises.push(
			value.then(settled => {
				define(target, place, settled);
				if (settled !== omitted) return;
				if (!Array.isArray(target)) delete target[place];
				else this.#sparse = (this.#sparse ?? new Set()).add(target);
			}),
		);
	}

	/** Gives the result when every member has its value, and no list has an omitted item. */
	async settle(result: unknown): Promise<unknown> {
		await Promise.all(this.promises);
		for (const list of this.#sparse ?? []) removeOmitted(list);
		return result;
	}
}

/** Removes the omitted items from a list, in place. */
function removeOmitted(list: unknown[]): void {
	let length = 0;
	for (const item of list) {
		if (item === omitted) continue;
		list[length] = item;
		length += 1;
	}

	list.length = length;
}
