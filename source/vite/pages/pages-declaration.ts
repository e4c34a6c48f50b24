import path from 'node:path';
import {readText, replaceFile} from '../files.ts';
import type {FoundPage} from './find-pages.ts';

const heading = `// Every page with the props of its component, for \`ctx.inertia.render\`.
// Written by the Vite plugin of koa-inertia. Don't edit it: the plugin writes it anew.
/* eslint-disable */
`;

/** What a framework adds to the file: an import, and a type that takes a page's module and gives the page's props. */
interface Framework {
	readonly helper: string;
	readonly import: string;
	readonly types: string;
}

const react: Framework = {
	helper: 'ReactProps',
	import: "import type {ComponentProps, ElementType, JSX} from 'react';",
	types: `
type ReactProps<Module> = Received<ReactDeclared<PageComponent<Module>>, 'key' | 'ref'>;

/** A class may have \`defaultProps\`. */
type ReactDeclared<Component> = Component extends ElementType
	? JSX.LibraryManagedAttributes<Component, ComponentProps<Component>>
	: never;
`,
};

// A component of `declare module '*.vue'` has any member at all, and its empty `$props` say nothing. A generic component
// is a function, and its props have an index signature that takes anything.
const vue: Framework = {
	helper: 'VueProps',
	import: "import type {PublicProps} from 'vue';",
	types: `
type VueProps<Module> = Received<VueDeclared<PageComponent<Module>>>;

type VueDeclared<Component> = IsAny<Component> extends true
	? Component
	: Component extends new (...rest: never) => infer Instance
		? string extends keyof Instance
			? AnyProps
			: Instance extends {$props: infer Declared}
				? WithoutVue<Declared>
				: AnyProps
		: Component extends (props: infer Declared, ...rest: never) => unknown
			? WithoutVue<Declared>
			: AnyProps;

/** Without what every component takes, and without listeners. */
type WithoutVue<Declared> = IsAny<Declared> extends true
	? Declared
	: Declared extends unknown
		? {[Name in keyof Declared as VueName<Name, Declared[Name]>]: Declared[Name]}
		: never;

type VueName<Name extends PropertyKey, Value> = string extends Name
	? never
	: Name extends 'class' | 'style'
		? unknown extends Value ? never : Name
		: Name extends keyof PublicProps
			? never
			: Name extends \`on\${Capitalize<string>}\`
				? NonNullable<Value> extends (...rest: never) => unknown ? never : Name
				: Name;
`,
};

// Its own `ComponentProps` takes components only, and what a checker makes of a file that it can't read isn't one. A
// component in the style of Svelte 4 is a class and a function, and the class has the props as they are.
const svelte: Framework = {
	helper: 'SvelteProps',
	import: "import type {Component as SvelteComponent} from 'svelte';",
	types: `
type SvelteProps<Module> = Received<SvelteDeclared<PageComponent<Module>>>;

type SvelteDeclared<Component> = IsAny<Component> extends true
	? Component
	: Component extends new (...rest: never) => {$$prop_def: infer Declared}
		? Declared
		: Component extends SvelteComponent<infer Declared, infer _Exports, infer _Bindings>
			? Declared
			: AnyProps;
`,
};

const commonTypes = `
type AnyProps = import('koa-inertia').Props;

/** Of lists, since a condition on the type of a file that isn't found is no condition. */
type IsAny<Type> = [0] extends [1 & Type] ? true : false;

type PageComponent<Module> = Module extends {default: unknown} ? Module['default'] : never;

/** Any props where the checker knows none, and no props where the component declares none. */
type Received<Declared, Own = never> = IsAny<Declared> extends true
	? AnyProps
	: Declared extends unknown
		? OrNone<{[Name in keyof Declared as Exclude<Name, Own>]: Declared[Name]}>
		: never;

type OrNone<Props> = [keyof Props] extends [never] ? Record<string, never> : Props;
`;

/**
 * The text of the declaration file that makes the pages known to `ctx.inertia.render`.
 *
 * Depends on the pages and their place relative to the file alone: the same bytes on every machine, so that the file
 * can be committed.
 */
export function createPagesDeclaration(file: string, pages: readonly FoundPage[]): string {
	const frameworks = assignFrameworks(pages);
	// By code unit: the order of a locale differs between machines.
	const sorted = [...pages].sort((one, other) => (one.name < other.name ? -1 : 1));
	const members = sorted.map(page => {
		const helper = frameworks.get(page)?.helper;
		const props = helper ? `${helper}<typeof import(${quote(getSpecifier(file, page))})>` : 'AnyProps';
		return `\t\t${quote(page.name)}: ${props};\n`;
	});

	const used = [react, svelte, vue].filter(framework => [...frameworks.values()].includes(framework));
	return [
		heading,
		...used.map(framework => `${framework.import}\n`),
		// Makes the file a module, whose types are its own.
		'\nexport {};\n\n',
		`declare module 'koa-inertia' {\n\tinterface Pages {\n${members.join('')}\t}\n}\n`,
		commonTypes,
		...used.map(framework => framework.types),
	].join('');
}

/**
 * Writes the declaration file, and the directories around it. Gives whether it did: a file that says the same already
 * is left alone, so that no checker and no watcher starts for nothing.
 */
export function writePagesDeclaration(file: string, pages: readonly FoundPage[]): boolean {
	const text = createPagesDeclaration(file, pages);
	if (readText(file) === text) return false;
	// In one step, since an editor reads the file at any time.
	replaceFile(file, text);
	return true;
}

/**
 * The framework of each page whose props are known. A script is a page of whichever framework has components beside
 * it: Vue and Svelte in their own files, React in none. Pages in JavaScript declare no props, and a checker takes a
 * backslash in an import for a slash.
 */
function assignFrameworks(pages: readonly FoundPage[]): Map<FoundPage, Framework> {
	const has = (extension: string): boolean => pages.some(({file}) => file.endsWith(extension));
	const ofMarkup = has('.vue') ? vue : react;
	const byExtension: Record<string, Framework> = {
		'.vue': vue,
		'.svelte': svelte,
		'.tsx': ofMarkup,
		'.ts': ofMarkup === react && has('.svelte') ? svelte : ofMarkup,
	};
	return new Map(
		pages.flatMap(page => {
			const framework = byExtension[path.extname(page.file)];
			return framework && !page.file.includes('\\') ? [[page, framework] as const] : [];
		}),
	);
}

/** With the extension, which a declaration may have under every `moduleResolution`, and `.vue` needs. */
function getSpecifier(file: string, page: FoundPage): string {
	const relative = path.relative(path.dirname(file), page.file).split(path.sep).join('/');
	return relative.startsWith('../') || path.isAbsolute(relative) ? relative : `./${relative}`;
}

/** U+2028 and U+2029, which JSON leaves as they are, end a line of TypeScript. */
function quote(text: string): string {
	const escaped = JSON.stringify(text)
		.slice(1, -1)
		.replaceAll('\\"', '"')
		.replaceAll("'", "\\'")
		.replace(/[\u2028\u2029]/g, character => `\\u${character.charCodeAt(0).toString(16)}`);
	return `'${escaped}'`;
}
