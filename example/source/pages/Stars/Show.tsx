import {Head, Link, usePage} from '@inertiajs/react';
import type {Star, StarName} from '../../../server/stars.ts';
import {formatDistance, formatMagnitude, formatNight, whereItRises} from '../../components/format.ts';
import {StarLight} from '../../components/star-light.tsx';

type ShowProps = {
	readonly star: Star;
	readonly next: StarName | null;
};

export default function Show({star, next}: ShowProps) {
	const {spectralClasses} = usePage().props;

	return (
		<>
			<Head title={star.name} />
			<article className="portrait">
				<StarLight star={star} large />
				<div className="introduction">
					<p className="designation">
						{star.designation} in {star.constellation}
					</p>
					<h1>{star.name}</h1>
					<p className="story">{star.story}</p>
					<dl>
						<div>
							<dt>Brightness</dt>
							<dd>{formatMagnitude(star.magnitude)} magnitudes</dd>
						</div>
						<div>
							<dt>Distance</dt>
							<dd>{formatDistance(star.distance)}</dd>
						</div>
						<div>
							<dt>Surface</dt>
							<dd>
								{star.temperature.toLocaleString('en')} K, {star.spectralType}
							</dd>
						</div>
						<div>
							<dt>Colour</dt>
							<dd>{spectralClasses.find(({letter}) => star.spectralType.startsWith(letter))?.colour}</dd>
						</div>
						<div>
							<dt>Best evenings</dt>
							<dd>in {star.bestMonth}</dd>
						</div>
						<div>
							<dt>Can be seen</dt>
							<dd>{whereItRises(star)}</dd>
						</div>
					</dl>
				</div>
			</article>
			<section className="entry">
				<div>
					<h2>{star.seenOn === '' ? 'Not seen yet' : `Seen on ${formatNight(star.seenOn)}`}</h2>
					<p>{star.seenOn === '' ? 'The diary has no night with it so far.' : 'What it was like is in the diary.'}</p>
				</div>
				<Link href={`/diary/new?star=${star.id}`} className="button">
					Write an entry
				</Link>
			</section>
			<nav className="onward" aria-label="Other stars">
				<Link href="/">← All stars</Link>
				{next && <Link href={`/stars/${next.id}`}>Next in brightness: {next.name} →</Link>}
			</nav>
		</>
	);
}
