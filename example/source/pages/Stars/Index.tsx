import {Head, Link, router} from '@inertiajs/react';
import {useState} from 'react';
import type {StarSummary} from '../../../server/stars.ts';
import {formatDistance, formatMagnitude} from '../../components/format.ts';
import {Legend} from '../../components/legend.tsx';
import {SkyChart} from '../../components/sky-chart.tsx';
import {StarLight} from '../../components/star-light.tsx';

type IndexProps = {
	readonly search: string;
	readonly stars: readonly StarSummary[];
	readonly sky: readonly StarSummary[];
};

export default function Index({search, stars, sky}: IndexProps) {
	const [words, setWords] = useState(search);
	const found = new Set(stars.map(star => star.id));

	function find(value: string) {
		setWords(value);
		router.get('/', value === '' ? {} : {search: value}, {
			only: ['stars', 'search'],
			preserveState: true,
			preserveScroll: true,
			replace: true,
		});
	}

	return (
		<>
			<Head title="Stars" />
			<h1 className="visually-hidden">Stars</h1>
			<SkyChart stars={sky} isShown={star => found.has(star.id)} labelAll={stars.length <= 5} />
			<Legend />
			<div className="toolbar">
				<input
					type="search"
					aria-label="Search for a star or a constellation"
					placeholder="Star or constellation"
					value={words}
					onChange={event => find(event.target.value)}
				/>
				<output>
					{stars.length === sky.length ? `${sky.length} stars` : `${stars.length} of ${sky.length} stars`}
				</output>
			</div>
			{stars.length === 0 && <p className="empty">No star here goes by “{search}”.</p>}
			<ul className="stars">
				{stars.map(star => (
					<li key={star.id}>
						<Link href={`/stars/${star.id}`} className="row">
							<StarLight star={star} />
							<span>
								<strong>{star.name}</strong>
								{star.seenOn !== '' && <span className="seen">seen</span>}
								<small>{star.constellation}</small>
							</span>
							<span className="figures">
								<span>{formatMagnitude(star.magnitude)} mag</span>
								<span>{formatDistance(star.distance)}</span>
								<span>best in {star.bestMonth}</span>
							</span>
						</Link>
					</li>
				))}
			</ul>
		</>
	);
}
