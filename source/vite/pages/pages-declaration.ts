import path from 'node:path';
import type {FoundPage} from '../../assets/development/find-pages.ts';
import {readTextFile, replaceFile} from '../files.ts';

/** The first lines of the file. */
const heading = `// Every page with the props of its component, for \`ctx.inertia.render\`.
// Written by the Vite plugin of koa-inertia. Don't edit it: the plugin writes it anew.
/* eslint-disable */
`;

/** The part of the file for one framework: an import, and a type that takes a page's module and gives its props. */
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

/** The declared props. Those in the \`defaultProps\` of a class are optional. */
type ReactDeclared<Component> = Component extends ElementType
	? JSX.LibraryManagedAttributes<Component, ComponentProps<Component>>
	: never;
`,
};

// With `declare module '*.vue'` a component has every member that one asks for, so its empty `$props` mean nothing. A
// generic component is a function, and its props have an index signature that accepts anything.
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

/** The declared props without listeners, and without those that every component takes. */
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

// We don't use Svelte's own `ComponentProps`, because it refuses the type of a file that the checker can't read. A
// component in the style of Svelte 4 is a class and a function, and only the class has the props as they were declared.
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

/** Whether a type is \`any\`. It compares lists, because a condition on the type of a missing file has no result. */
type IsAny<Type> = [0] extends [1 & Type] ? true : false;

type PageComponent<Module> = Module extends {default: unknown} ? Module['default'] : never;

/** The props of a component. It accepts all props if the checker can't know them, and none if it declares none. */
type Received<Declared, Own = never> = IsAny<Declared> extends true
	? AnyProps
	: Declared extends unknown
		? OrNone<{[Name in keyof Declared as Exclude<Name, Own>]: Declared[Name]}>
		: never;

type OrNone<Props> = [keyof Props] extends [never] ? Record<string, never> : Props;
`;

/**
 * Creates the text of the declaration file, which makes the pages known to `ctx.inertia.render`.
 *
 * The text depends only on the pages and on their paths relative to the file. So it has the same bytes on every
 * machine, and the file can be committed.
 */
export function createPagesDeclaration(file: string, pages: readonly FoundPage[]): string {
	const frameworks = assignFrameworks(pages);
	// We don't sort by a locale, because its order differs between machines.
	const sorted = [...pages].sort((one, other) => (one.name < other.name ? -1 : 1));
	const members = sorted.map(page => {
		const helper = frameworks.get(page)?.helper;
		const props = helper ? `${helper}<typeof import(${toStringLiteral(getSpecifier(file, page))})>` : 'AnyProps';
		return `\t\t${toStringLiteral(page.name)}: ${props};\n`;
	});

	const used = [react, svelte, vue].filter(framework => [...frameworks.values()].includes(framework));
	return [
		heading,
		...used.map(framework => `${framework.import}\n`),
		// This line makes the file a module, so that its types aren't global.
		'\nexport {};\n\n',
		`declare module 'koa-inertia' {\n\tinterface Pages {\n${members.join('')}\t}\n}\n`,
		commonTypes,
		...used.map(framework => framework.types),
	].join('');
}

/**
 * Writes the declaration file, and returns whether it did. It doesn't touch a file that has this text already, so that
 * no checker and no watcher starts for nothing.
 */
export function writePagesDeclaration(file: string, pages: readonly FoundPage[]): boolean {
	const text = createPagesDeclaration(file, pages);
	if (readTextFile(file) === text) return false;
	// We don't write into the file itself, because an editor may read it at the same time.
	replaceFile(file, text);
	return true;
}

/**
 * Finds the framework of each page whose props the checker can know.
 *
 * A script belongs to the framework that has other components in the directory: Vue and Svelte have files of their own
 * kind, and without any of these it is React. Pages in JavaScript have no framework here, because they declare no
 * props. Nor has a page with a backslash in its path, because a checker takes it for a slash in an import.
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

/** The import path of a page. It has the extension: every `moduleResolution` allows it here, and `.vue` needs it. */
function getSpecifier(file: string, page: FoundPage): string {
	const relative = path.relative(path.dirname(file), page.file).split(path.sep).join('/');
	return relative.startsWith('../') || path.isAbsolute(relative) ? relative : `./${relative}`;
}

/** Writes a text as TypeScript. JSON leaves U+2028 and U+2029 as they are, but in TypeScript these end a line. */
function toStringLiteral(text: string): string {
	const escaped = JSON.stringify(text)
		.slice(1, -1)
		.replaceAll('\\"', '"')
		.replaceAll("'", "\\'")
		.replace(/[\u2028\u2029]/g, character => `\\u${character.charCodeAt(0).toString(16)}`);
	return `'${escaped}'`;
}
