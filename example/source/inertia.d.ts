import type {Progress, SpectralClass} from '../server/stars.ts';
import type {User} from '../server/users.ts';

declare module '@inertiajs/core' {
	interface InertiaConfig {
		/** The props that the server adds to every page. */
		sharedPageProps: {
			/** It is missing on the page of an error that comes from the database. */
			progress?: Progress;
			spectralClasses: readonly SpectralClass[];
			/** Only the pages of the diary have it. */
			user?: Pick<User, 'name'>;
		};
		flashDataType: {message?: string; error?: string};
	}
}
