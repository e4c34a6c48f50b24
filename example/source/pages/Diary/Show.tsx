import {Head, Link, router} from '@inertiajs/react';
import type {Entry} from '../../../server/diary.ts';
import {formatNight} from '../../components/format.ts';
import {PhotoForm} from '../../components/photo-form.tsx';
import {StarLight} from '../../components/star-light.tsx';

export default function Show({entry}: {readonly entry: Entry}) {
	const {id, starId, starName, night, notes, photo} = entry;

	function remove() {
		router.delete(`/diary/${id}`, {onBefore: () => confirm(`Delete the entry for ${starName}?`)});
	}

	return (
		<>
			<Head title={`${starName} in the diary`} />
			<article className="page">
				<header>
					<StarLight star={entry} />
					<div>
						<h1>{starName}</h1>
						<p className="when">{formatNight(night)}</p>
					</div>
				</header>
				<p className="notes">{notes}</p>
				{photo !== '' && <img src={`/photos/${photo}`} alt={`${starName}, ${formatNight(night)}`} />}
				<div className="actions">
					<Link href={`/diary/${id}/edit`} className="button">
						Change
					</Link>
					<button type="button" className="link danger" onClick={remove}>
						Delete
					</button>
				</div>
			</article>
			<PhotoForm url={`/diary/${id}/photo`} label={photo === '' ? 'Add a photo' : 'Take another photo'} />
			<nav className="onward" aria-label="Elsewhere">
				<Link href="/diary">← All nights</Link>
				<Link href={`/stars/${starId}`}>About the star →</Link>
			</nav>
		</>
	);
}
