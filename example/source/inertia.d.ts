import type {Progress, SpectralClass} from '../server/stars.ts';
import type {User} from '../server/users.ts';

declare module '@inertiajs/core' {
	interface InertiaConfig {
		/** What the server adds to every page. */
		sharedPageProps: {
			/** Not there on the page of an error that comes from the database. */
			progress?: Progress;
			spectralClasses: readonly SpectralClass[];
			/** On the pages of the diary. */
			user?: Pick<User, 'name'>;
		};
		flashDataType: {message?: string; error?: string};
	}
}
