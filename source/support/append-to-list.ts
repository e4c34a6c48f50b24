/** Adds an item to the list under a key, and starts the list with the first one. */
export function appendToList<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
	const list = lists.get(key);
	if (list) list.push(item);
	else lists.set(key, [item]);
}
