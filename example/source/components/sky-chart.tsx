import {Link} from '@inertiajs/react';
import type {StarSummary} from '../../server/stars.ts';
import {starStyle} from './star-light.tsx';

type SkyChartProps = {
	readonly stars: readonly StarSummary[];
	readonly isShown: (star: StarSummary) => boolean;
	readonly labelAll: boolean;
};

/** Shows the whole sky, unrolled like a map of the world, seen from inside. */
export function SkyChart({stars, isShown, labelAll}: SkyChartProps) {
	return (
		<nav className={labelAll ? 'sky labelled' : 'sky'} aria-label="Sky chart">
			{stars.map(star => (
				<Link
					key={star.id}
					href={`/stars/${star.id}`}
					className={isShown(star) ? 'star' : 'star faded'}
					data-bright={star.magnitude < 0.2 || undefined}
					data-label={stars.some(other => isRightBeside(other, star)) ? 'left' : 'right'}
					style={{
						...starStyle(star),
						// East is on the left, as on every chart that is held up against the sky.
						left: `${((24 - star.rightAscension) / 24) * 100}%`,
						top: `${50 - (star.declination / 180) * 92}%`,
					}}
				>
					<span>{star.name}</span>
				</Link>
			))}
		</nav>
	);
}

function isRightBeside(other: StarSummary, star: StarSummary) {
	const hours = star.rightAscension - other.rightAscension;
	return hours > 0 && hours < 1 && Math.abs(star.declination - other.declination) < 8;
}
