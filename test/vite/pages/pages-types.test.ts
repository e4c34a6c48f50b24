import test from 'ava';
import type {Files} from '../../helpers/files.ts';
import {
	checkSvelte,
	compare,
	compile,
	type compilers,
	createPagesProject,
	createQueue,
	type Failure,
} from '../../helpers/pages-project.ts';
import {reactFiles} from '../../helpers/pages-react.ts';
import {svelteFiles} from '../../helpers/pages-svelte.ts';
import {vueFiles} from '../../helpers/pages-vue.ts';

const nodenext = {module: 'nodenext', moduleResolution: 'nodenext'};
/** The declaration is checked too. It names the components in JavaScript, which have types with `allowJs` alone. */
const strictest = {...nodenext, skipLibCheck: false};
const withJavaScript = {...strictest, allowJs: true};

/** Checkers need much memory. */
const inTurn = createQueue(3);

const reactSettings: Array<[compiler: keyof typeof compilers, resolution: string, options: object]> = [
	['TypeScript 7', 'bundler', {skipLibCheck: false}],
	['TypeScript 7', 'nodenext', strictest],
	['TypeScript 6', 'bundler', {}],
	['TypeScript 6', 'nodenext', strictest],
];
for (const [compiler, resolution, options] of reactSettings) {
	checks(
		`${compiler} checks names and props of React pages with the resolution \`${resolution}\``,
		reactFiles,
		['wrong'],
		project => compile(project, compiler, {...options, jsx: 'react-jsx'}),
	);
}

checks(
	'`vue-tsc` checks names and props of Vue pages',
	vueFiles,
	['wrong', 'wrong by name', "wrong without Vue's files"],
	project => compile(project, 'vue-tsc'),
);

checks(
	'`vue-tsc` checks Vue pages in JavaScript too where `allowJs` is on',
	vueFiles,
	['wrong', 'wrong by name', "wrong without Vue's files", 'wrong in JavaScript'],
	project => compile(project, 'vue-tsc', withJavaScript),
);

checks(
	"a compiler that doesn't read Vue's files checks names, and the props of pages in scripts",
	vueFiles,
	['wrong by name', "wrong without Vue's files"],
	project => compile(project, 'TypeScript 7'),
);

const shims = [
	'DefineComponent<{}, {}, any>',
	'DefineComponent<object, object, unknown>',
	'DefineComponent',
	'Component',
];
for (const type of shims) {
	checks(
		`names are checked, and props are free, where every Vue file is a \`${type}\``,
		{
			...vueFiles,
			'types/vue.d.ts': `declare module '*.vue' {
				import type {Component, DefineComponent} from 'vue';
				const component: ${type};
				export default component;
			}`,
		},
		['wrong by name', "wrong without Vue's files"],
		project => compile(project, 'TypeScript 7'),
	);
}

checks('`svelte-check` checks names and props of Svelte pages', svelteFiles, ['wrong', 'wrong by name'], project =>
	checkSvelte(project),
);

checks(
	'`svelte-check` checks Svelte pages in JavaScript too where `allowJs` is on',
	svelteFiles,
	['wrong', 'wrong by name', 'wrong in JavaScript'],
	project => checkSvelte(project, withJavaScript),
);

checks("a compiler that doesn't read Svelte's files checks names", svelteFiles, ['wrong by name'], project =>
	compile(project, 'TypeScript 7'),
);

/** Runs a checker on a project: it must refuse each line of the server that has one of the marks, and nothing else. */
function checks(
	title: string,
	files: Files,
	marks: readonly string[],
	check: (project: string) => Promise<readonly Failure[]>,
): void {
	test(title, async t => {
		const failures = await inTurn(async () => check(await createPagesProject(t, files)));
		t.deepEqual(compare(failures, files['server.ts']!, marks), {missed: [], unexpected: []});
		t.true(failures.length > 1);
	});
}
