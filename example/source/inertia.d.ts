import type {Progress, SpectralClass} from '../server/database.ts';

declare module '@inertiajs/core' {
	interface InertiaConfig {
		/** What the server's `share` option adds to every page. */
		sharedPageProps: {progress: Progress; spectralClasses: readonly SpectralClass[]};
	}
}
