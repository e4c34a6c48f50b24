import type {CSSProperties} from 'react';
import type {StarSummary} from '../../server/stars.ts';

type Light = Pick<StarSummary, 'spectralType' | 'magnitude'>;

/** Gives a star's colour and size as custom properties for the style sheet. */
export function starStyle({spectralType, magnitude}: Light) {
	return {
		'--light': `var(--spectrum-${spectralType.charAt(0).toLowerCase()})`,
		'--size': (3 - magnitude).toFixed(2),
	} as CSSProperties;
}

/** Shows the star as it would look through a porthole. */
export function StarLight({star, large = false}: {readonly star: Light; readonly large?: boolean}) {
	return <span className={large ? 'porthole large' : 'porthole'} style={starStyle(star)} aria-hidden="true" />;
}
