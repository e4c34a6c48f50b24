import type {Files} from './files.ts';

const component = (script: string, attributes = 'setup lang="ts"'): string =>
	`<script ${attributes}>\n${script}\n</script>\n<template><p>{{ String($props) }}</p></template>\n`;

export const vueFiles: Files = {
	'pages/Setup.vue': component(`
defineProps<{user: {name: string}; note?: string; onSale: boolean; style: string}>();
defineEmits<{close: [reason: string]; 'update:note': [note: string]}>();`),
	'pages/Defaults.vue': component(
		'withDefaults(defineProps<{total: number; size?: number; isOpen?: boolean; onSelect?: () => void}>(), {size: 1});',
	),
	'pages/Destructured.vue': component('const {total, size = 1} = defineProps<{total: number; size?: number}>();'),
	'pages/Runtime.vue': component('defineProps({total: {type: Number, required: true}, note: String});'),
	'pages/Model.vue': component("defineModel<number>('total', {required: true});"),
	'pages/Layout.vue': `<script lang="ts">export default {layout: {}};</script>\n${component('defineProps<{total: number}>();')}`,
	'pages/Generic.vue': component(
		'defineProps<{items: Item[]; note?: string}>();\ndefineEmits<{pick: [item: Item]}>();',
		'setup lang="ts" generic="Item extends {id: number}"',
	),
	'pages/Union.vue': component("defineProps<{kind: 'a'; a: string} | {kind: 'b'; b: number}>();"),
	'pages/Errors.vue': component('defineProps<{errors: Record<string, string>; total: number}>();'),
	'pages/Options.vue': component(
		`
import {defineComponent, type PropType} from 'vue';
export default defineComponent({
	layout: {},
	props: {
		user: {type: Object as PropType<{name: string}>, required: true},
		size: {type: Number, default: 1},
		open: Boolean,
		note: String,
	},
	emits: ['close'],
	data: () => ({count: 1}),
	computed: {double(): number { return this.count * 2; }},
	methods: {close(): void { this.$emit('close'); }},
});`,
		'lang="ts"',
	),
	'pages/Plain.vue': component('export default {props: {total: {type: Number, required: true}}};', 'lang="ts"'),
	'pages/Script.ts': `
import {defineComponent, h} from 'vue';
export default defineComponent({
	props: {total: {type: Number, required: true}},
	setup: props => () => h('p', props.total),
});`,
	'pages/Functional.ts': `
import {defineComponent, h} from 'vue';
export default defineComponent((props: {total: number}) => () => h('p', props.total));`,
	'pages/None.vue': component(''),
	'pages/Template.vue': '<template><p>About</p></template>\n',
	'pages/Setup.ts': 'export const besideThePage = 1;',
	'pages/Untyped.vue': component('defineProps({total: {type: Number, required: true}, note: String});', 'setup'),
	'pages/UntypedNames.vue': component("defineProps(['user']);", 'setup'),
	'pages/UntypedOptions.vue': component('export default {props: {total: {type: Number, required: true}}};', ''),
	'server.ts': `
import type {Context} from 'koa';
import {defer} from 'koa-inertia';
declare const {inertia}: Context;

inertia.render('Setup', {user: {name: 'Ada'}, onSale: true, style: 'plain'});
inertia.render('Setup', {user: () => ({name: 'Ada'}), onSale: true, style: 'plain', note: defer(async () => 'late')});
inertia.render('Setup', {user: {name: 1}, onSale: true, style: 'plain'}); // wrong
inertia.render('Setup', {user: {name: 'Ada'}, onSale: true, style: 1}); // wrong
inertia.render('Setup', {user: {name: 'Ada'}, onSale: 1, style: 'plain'}); // wrong
inertia.render('Setup', {user: {name: 'Ada'}, onSale: true}); // wrong
inertia.render('Setup', {user: {name: 'Ada'}, onSale: true, style: 'plain', onClose: null}); // wrong
inertia.render('Setup', {user: {name: 'Ada'}, onSale: true, style: 'plain', 'onUpdate:note': null}); // wrong
inertia.render('Setup', {user: {name: 'Ada'}, onSale: true, style: 'plain', class: 'a'}); // wrong
inertia.render('Setup', {user: {name: 'Ada'}, onSale: true, style: 'plain', key: 'a'}); // wrong
inertia.render('Setup', {user: {name: 'Ada'}, onSale: true, style: 'plain', ref: 'a'}); // wrong
inertia.render('Setup', {user: {name: 'Ada'}, onSale: true, style: 'plain', onVnodeMounted: null}); // wrong
inertia.render('Setup'); // wrong
inertia.render('Setupp', {}); // wrong by name
inertia.render('Defaults', {total: 1});
inertia.render('Defaults', {total: 1, size: 2, isOpen: true});
inertia.render('Defaults', {total: 1, size: 'two'}); // wrong
inertia.render('Defaults', {total: 1, onSelect: () => {}}); // wrong
inertia.render('Defaults', {size: 2}); // wrong
inertia.render('Destructured', {total: 1});
inertia.render('Destructured', {total: 1, size: 'two'}); // wrong
inertia.render('Runtime', {total: 1});
inertia.render('Runtime', {total: 'one'}); // wrong
inertia.render('Model', {total: 1});
inertia.render('Model', {total: 'one'}); // wrong
inertia.render('Layout', {total: 1});
inertia.render('Layout', {total: 'one'}); // wrong
inertia.render('Generic', {items: [{id: 1}]});
inertia.render('Generic', {items: [{id: 'one'}]}); // wrong
inertia.render('Generic', {items: [], other: 1}); // wrong
inertia.render('Union', {kind: 'a', a: 'one'});
inertia.render('Union', {kind: 'a', b: 1}); // wrong
inertia.render('Errors', {total: 1});
inertia.render('Errors', {}); // wrong
inertia.render('Options', {user: {name: 'Ada'}});
inertia.render('Options', {user: {name: 'Ada'}, size: 2, open: true, note: 'x'});
inertia.render('Options', {user: {name: 1}}); // wrong
inertia.render('Options', {user: {name: 'Ada'}, size: 'two'}); // wrong
inertia.render('Options', {user: {name: 'Ada'}, onClose: null}); // wrong
inertia.render('Options', {user: {name: 'Ada'}, count: 1}); // wrong
inertia.render('Plain', {total: 1});
inertia.render('Plain', {total: 'one'}); // wrong
inertia.render('Script', {total: 1});
inertia.render('Script', {total: 'one'}); // wrong without Vue's files
inertia.render('Functional', {total: 1});
inertia.render('Functional', {total: 'one'}); // wrong without Vue's files
inertia.render('None');
inertia.render('None', {total: 1}); // wrong
inertia.render('Template');
inertia.render('Template', {total: 1}); // wrong
inertia.render('Untyped', {total: 1});
inertia.render('Untyped', {total: 'one'}); // wrong in JavaScript
inertia.render('Untyped'); // wrong in JavaScript
inertia.render('UntypedNames', {user: ({ctx}) => ctx.path});
inertia.render('UntypedOptions', {total: 1});
inertia.render('UntypedOptions', {total: 'one'}); // wrong in JavaScript
inertia.render('Untypped', {}); // wrong by name
`,
};
