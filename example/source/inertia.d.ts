import type {ComponentProps} from 'react';
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

declare module 'koa-inertia' {
	/** What `ctx.inertia.render` may be given. */
	interface Pages {
		About: ComponentProps<typeof import('./pages/About.tsx').default>;
		'Diary/Create': ComponentProps<typeof import('./pages/Diary/Create.tsx').default>;
		'Diary/Edit': ComponentProps<typeof import('./pages/Diary/Edit.tsx').default>;
		'Diary/Index': ComponentProps<typeof import('./pages/Diary/Index.tsx').default>;
		'Diary/Show': ComponentProps<typeof import('./pages/Diary/Show.tsx').default>;
		Error: ComponentProps<typeof import('./pages/Error.tsx').default>;
		Logbook: ComponentProps<typeof import('./pages/Logbook.tsx').default>;
		SignIn: ComponentProps<typeof import('./pages/SignIn.tsx').default>;
		'Stars/Index': ComponentProps<typeof import('./pages/Stars/Index.tsx').default>;
		'Stars/Show': ComponentProps<typeof import('./pages/Stars/Show.tsx').default>;
	}
}
