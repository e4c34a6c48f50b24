import {Head, Link, usePage} from '@inertiajs/react';
import type {Entry} from '../../../server/diary.ts';
import {FavouriteButton} from '../../components/favourite-button.tsx';
import {formatMonth} from '../../components/format.ts';
import {StarLight} from '../../components/star-light.tsx';

export default function Index({entries}: {readonly entries: readonly Entry[]}) {
	const {errors} = usePage().props;

	return (
		<>
			<Head title="Diary" />
			<header className="heading">
				<div>
					<h1>Diary</h1>
					<p>Your own nights. The logbook tells when you saw what, and the notes stay here.</p>
				</div>
				<Link href="/diary/new" className="button">
					Write an entry
				</Link>
			</header>
			{errors.isFavourite && (
				<p role="alert" className="error">
					{errors.isFavourite}
				</p>
			)}
			{entries.length === 0 ? (
				<p className="empty">The diary is empty. Wait for a clear night.</p>
			) : (
				<ol className="diary">
					{entries.map(entry => (
						<li key={entry.id} className="sighting">
							<time dateTime={entry.night}>
								<span className="day">{Number(entry.night.slice(8))}</span> {formatMonth(entry.night, 'short')}
							</time>
							<Link href={`/diary/${entry.id}`}>{entry.starName}</Link>
							<span className="marks">
								<StarLight star={entry} />
								<FavouriteButton entry={entry} />
							</span>
							<p>{entry.notes}</p>
							{entry.photo !== '' && <small>with a photo</small>}
						</li>
					))}
				</ol>
			)}
		</>
	);
}
