import type {ReactNode} from 'react';
import type {Statistics} from '../../server/logbook.ts';
import {capitalize, formatMonth} from './format.ts';
import {StarLight} from './star-light.tsx';

type StatisticsPanelProps = {readonly statistics: Statistics; readonly children: ReactNode};

export function StatisticsPanel({statistics: {sightings, since, colours, magnitudes}, children}: StatisticsPanelProps) {
	const mostOfAColour = Math.max(...colours.map(colour => colour.sightings));
	const mostOfAMagnitude = Math.max(...magnitudes.map(magnitude => magnitude.sightings));

	return (
		<aside className="panel" aria-label="Statistics">
			<h2>
				{sightings} sightings since {formatMonth(since)}
			</h2>
			<h3>By colour</h3>
			<ul className="bars">
				{colours.map(({letter, colour, sightings}) => (
					<li key={letter}>
						<StarLight star={{spectralType: letter, magnitude: 0.5}} />
						<span>{capitalize(colour)}</span>
						<span className="bar" style={{width: `${(sightings / mostOfAColour) * 100}%`}} />
						<span className="count">{sightings}</span>
					</li>
				))}
			</ul>
			<h3>By magnitude, the brightest first</h3>
			<ol className="histogram">
				{magnitudes.map(({from, sightings}) => (
					<li key={from}>
						<span className="count">{sightings}</span>
						<span className="bar" style={{height: `${(sightings / mostOfAMagnitude) * 6}rem`}} />
						<span>{from.toFixed(1).replace('-', '−')}</span>
					</li>
				))}
			</ol>
			{children}
		</aside>
	);
}
