import {Link} from '@inertiajs/react';
import type {LogbookEntry} from '../../server/logbook.ts';
import {formatMonth} from './format.ts';
import {StarLight} from './star-light.tsx';

export function LogbookRow({entry}: {readonly entry: LogbookEntry}) {
	const {night, starId, starName, observer, place, equipment, note} = entry;

	return (
		<li className="sighting">
			<time dateTime={night}>
				<span className="day">{Number(night.slice(8))}</span> {formatMonth(night, 'short')}
			</time>
			<Link href={`/stars/${starId}`}>{starName}</Link>
			<StarLight star={entry} />
			{note !== '' && <p>{note}</p>}
			<small>{[observer, place, equipment && `with ${equipment}`].filter(Boolean).join(', ')}</small>
		</li>
	);
}
