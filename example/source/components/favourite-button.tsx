import {router} from '@inertiajs/react';
import type {Entry} from '../../server/diary.ts';

/** Shows its new state at once. If the server refuses it, the client puts the old one back. */
export function FavouriteButton({entry: {id, starName, isFavourite}}: {readonly entry: Entry}) {
	function toggle() {
		router
			.optimistic<{entries: readonly Entry[]}>(({entries}) => ({
				entries: entries.map(entry => (entry.id === id ? {...entry, isFavourite: !isFavourite} : entry)),
			}))
			.put(`/diary/${id}/favourite`, {isFavourite: !isFavourite}, {preserveScroll: true});
	}

	return (
		<button
			type="button"
			className="favourite"
			aria-label={`Favourite: ${starName}`}
			aria-pressed={isFavourite}
			onClick={toggle}
		>
			{isFavourite ? '★' : '☆'}
		</button>
	);
}
