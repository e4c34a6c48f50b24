import type {Files} from './files.ts';

const component = (script: string, attributes = 'lang="ts"'): string =>
	`<script ${attributes}>\n${script}\n</script>\n`;

export const svelteFiles: Files = {
	'pages/Runes.svelte': component(`
interface Props {user: {name: string}; note?: string; onclose?: () => void}
let {user, note = 'none', onclose}: Props = $props();
void [user, note, onclose];`),
	'pages/Bindable.svelte': component(
		'let {total, size = $bindable(1)}: {total: number; size?: number} = $props();\nvoid [total, size];',
	),
	'pages/Module.svelte': `${component('export const layout = {};', 'module lang="ts"')}${component(
		'let {total}: {total: number} = $props();\nvoid [() => total];',
	)}`,
	'pages/Rest.svelte': component(
		'let {total, ...rest}: {total: number; other: string} = $props();\nvoid [() => total, rest];',
	),
	'pages/Children.svelte': component(`
import type {Snippet} from 'svelte';
let {total, children}: {total: number; children?: Snippet} = $props();
void [() => total, () => children];`),
	'pages/Generic.svelte': component(
		'let {items, note}: {items: Item[]; note?: string} = $props();\nvoid [() => items, () => note];',
		'lang="ts" generics="Item extends {id: number}"',
	),
	'pages/Union.svelte': component(
		"let props: {kind: 'a'; a: string} | {kind: 'b'; b: number} = $props();\nvoid (() => props);",
	),
	'pages/Errors.svelte': component(
		'let {errors, total}: {errors: Record<string, string>; total: number} = $props();\nvoid [() => errors, () => total];',
	),
	'pages/Legacy.svelte': component("export let total: number;\nexport let note = 'none';\nvoid [total, note];"),
	'pages/LegacySlot.svelte': `${component('export let total: number;')}<slot {total} />\n`,
	'pages/None.svelte': component('const count: number = 1;\nvoid count;'),
	'pages/Again.ts': "export {default} from './Runes.svelte';",
	'pages/Untyped.svelte': component("let {total, note = 'none'} = $props();\nvoid [() => total, note];", ''),
	'pages/Markup.svelte': '<p>About</p>\n',
	'server.ts': `
import type {Context} from 'koa';
import {defer} from 'koa-inertia';
declare const {inertia}: Context;

inertia.render('Runes', {user: {name: 'Ada'}});
inertia.render('Runes', {user: () => ({name: 'Ada'}), note: defer(async () => 'late')});
inertia.render('Runes', {user: {name: 1}}); // wrong
inertia.render('Runes', {user: {name: 'Ada'}, note: 1}); // wrong
inertia.render('Runes', {user: {name: 'Ada'}, other: 1}); // wrong
inertia.render('Runes'); // wrong
inertia.render('Runex', {}); // wrong by name
inertia.render('Bindable', {total: 1});
inertia.render('Bindable', {total: 1, size: 2});
inertia.render('Bindable', {total: 1, size: 'two'}); // wrong
inertia.render('Bindable', {size: 2}); // wrong
inertia.render('Module', {total: 1});
inertia.render('Module', {total: 'one'}); // wrong
inertia.render('Module', {total: 1, layout: {}}); // wrong
inertia.render('Rest', {total: 1, other: 'x'});
inertia.render('Rest', {total: 1}); // wrong
inertia.render('Children', {total: 1});
inertia.render('Children', {total: 'one'}); // wrong
inertia.render('Generic', {items: [{id: 1}]});
inertia.render('Generic', {items: [{id: 'one'}]}); // wrong
inertia.render('Union', {kind: 'a', a: 'one'});
inertia.render('Union', {kind: 'a', b: 1}); // wrong
inertia.render('Errors', {total: 1});
inertia.render('Errors', {}); // wrong
inertia.render('Legacy', {total: 1});
inertia.render('Legacy', {total: 1, note: 'x'});
inertia.render('Legacy', {total: 'one'}); // wrong
inertia.render('Legacy', {note: 'x'}); // wrong
inertia.render('Legacy', {total: 1, $$slots: {}}); // wrong
inertia.render('LegacySlot', {total: 1});
inertia.render('LegacySlot', {total: 'one'}); // wrong
inertia.render('None');
inertia.render('None', {total: 1}); // wrong
inertia.render('Again', {user: {name: 'Ada'}});
inertia.render('Again', {user: {name: 1}}); // wrong
inertia.render('Untyped', {total: ({ctx}) => ctx.path});
inertia.render('Untyped', {other: 1}); // wrong in JavaScript
inertia.render('Markup');
inertia.render('Markup', {total: 1}); // wrong in JavaScript
inertia.render('Untypped', {}); // wrong by name
`,
};
