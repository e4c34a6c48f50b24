// Every page with the props of its component, for `ctx.inertia.render`.
// Written by the Vite plugin of koa-inertia. Don't edit it: the plugin writes it anew.
/* eslint-disable */
import type {ComponentProps, ElementType, JSX} from 'react';

export {};

declare module 'koa-inertia' {
	interface Pages {
		'About': ReactProps<typeof import('./pages/About.tsx')>;
		'Diary/Create': ReactProps<typeof import('./pages/Diary/Create.tsx')>;
		'Diary/Edit': ReactProps<typeof import('./pages/Diary/Edit.tsx')>;
		'Diary/Index': ReactProps<typeof import('./pages/Diary/Index.tsx')>;
		'Diary/Show': ReactProps<typeof import('./pages/Diary/Show.tsx')>;
		'Error': ReactProps<typeof import('./pages/Error.tsx')>;
		'Logbook': ReactProps<typeof import('./pages/Logbook.tsx')>;
		'SignIn': ReactProps<typeof import('./pages/SignIn.tsx')>;
		'Stars/Index': ReactProps<typeof import('./pages/Stars/Index.tsx')>;
		'Stars/Show': ReactProps<typeof import('./pages/Stars/Show.tsx')>;
	}
}

type AnyProps = import('koa-inertia').Props;

/** Whether a type is `any`. It compares lists, because a condition on the type of a missing file has no result. */
type IsAny<Type> = [0] extends [1 & Type] ? true : false;

type PageComponent<Module> = Module extends {default: unknown} ? Module['default'] : never;

/** The props of a component. It accepts all props if the checker can't know them, and none if it declares none. */
type Received<Declared, Own = never> = IsAny<Declared> extends true
	? AnyProps
	: Declared extends unknown
		? OrNone<{[Name in keyof Declared as Exclude<Name, Own>]: Declared[Name]}>
		: never;

type OrNone<Props> = [keyof Props] extends [never] ? Record<string, never> : Props;

type ReactProps<Module> = Received<ReactDeclared<PageComponent<Module>>, 'key' | 'ref'>;

/** The declared props. Those in the `defaultProps` of a class are optional. */
type ReactDeclared<Component> = Component extends ElementType
	? JSX.LibraryManagedAttributes<Component, ComponentProps<Component>>
	: never;
