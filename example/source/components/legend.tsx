import {usePage} from '@inertiajs/react';
import {StarLight} from './star-light.tsx';

/** The names of the colours of the sky chart. */
export function Legend() {
	return (
		<ul className="legend">
			{usePage().props.spectralClasses.map(({letter, colour}) => (
				<li key={letter}>
					<StarLight star={{spectralType: letter, magnitude: 0.5}} />
					{colour}
				</li>
			))}
		</ul>
	);
}
