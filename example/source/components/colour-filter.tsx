import {Link, usePage} from '@inertiajs/react';
import {StarLight} from './star-light.tsx';

export function ColourFilter({spectralClass}: {readonly spectralClass: string}) {
	return (
		<nav className="colours" aria-label="Colours">
			<Link href="/logbook" className="tab" aria-current={spectralClass === '' ? 'page' : undefined}>
				all stars
			</Link>
			{usePage().props.spectralClasses.map(({letter, colour}) => (
				<Link
					key={letter}
					href={`/logbook?class=${letter}`}
					className="tab"
					aria-current={spectralClass === letter ? 'page' : undefined}
				>
					<StarLight star={{spectralType: letter, magnitude: 0.5}} />
					{colour}
				</Link>
			))}
		</nav>
	);
}
