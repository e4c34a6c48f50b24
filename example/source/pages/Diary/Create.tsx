import {Head} from '@inertiajs/react';
import type {StarName} from '../../../server/stars.ts';
import {EntryForm} from '../../components/entry-form.tsx';

type CreateProps = {
	readonly stars: readonly StarName[];
	/** The id of the star that the form begins with, or `''`. */
	readonly starId: string;
	readonly today: string;
};

export default function Create({stars, starId, today}: CreateProps) {
	return (
		<>
			<Head title="New entry" />
			<EntryForm method="post" url="/diary" stars={stars} entry={{starId, night: today, notes: ''}} cancelUrl="/diary">
				<h1>A night for the diary</h1>
			</EntryForm>
		</>
	);
}
