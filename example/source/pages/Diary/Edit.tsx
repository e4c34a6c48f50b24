import {Head} from '@inertiajs/react';
import type {Entry} from '../../../server/diary.ts';
import type {StarName} from '../../../server/stars.ts';
import {EntryForm} from '../../components/entry-form.tsx';
import {StarLight} from '../../components/star-light.tsx';

type EditProps = {readonly entry: Entry; readonly stars: readonly StarName[]};

export default function Edit({entry, stars}: EditProps) {
	const url = `/diary/${entry.id}`;

	return (
		<>
			<Head title={`Change ${entry.starName}`} />
			<EntryForm method="put" url={url} stars={stars} entry={entry} cancelUrl={url}>
				<header>
					<StarLight star={entry} />
					<h1>Your night with {entry.starName}</h1>
				</header>
			</EntryForm>
		</>
	);
}
