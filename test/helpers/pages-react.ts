import type {Files} from './files.ts';

const show = (props: string): string =>
	`export default function Show(props: ${props}) { return <p>{String(props)}</p>; }`;

/** Names that need care in TypeScript, in a path or in an object. */
export const awkwardNames = [
	'404',
	'It\'s "so"',
	'a-b/Über uns',
	'日本/<Angle>',
	'[id]/{a}/$&/`x`',
	'100%20/#hash?query',
	'__proto__',
	'constructor',
	'Version 1.2',
	'separated\u2028by\u2029lines',
];

export const reactFiles: Files = {
	'pages/Function.tsx': `
import type {ReactNode} from 'react';
export default function Show({user}: {user: {name: string}; note?: string}) { return <p>{user.name}</p>; }
Show.layout = (page: ReactNode) => page;`,
	'pages/Arrow.tsx': `
import type {FC} from 'react';
const Show: FC<{total: number}> & {layout?: unknown} = ({total}) => <p>{total}</p>;
Show.layout = [];
export default Show;`,
	'pages/Memo.tsx': `
import {memo} from 'react';
export default memo(function Show({total}: {total: number}) { return <p>{total}</p>; });`,
	'pages/ForwardRef.tsx': `
import {forwardRef} from 'react';
export default forwardRef<HTMLElement, {total: number}>(({total}, ref) => <p ref={ref as never}>{total}</p>);`,
	'pages/Class.tsx': `
import {Component} from 'react';
export default class Show extends Component<{total: number; size: number}> {
	static defaultProps = {size: 1};
	override render() { return <p>{this.props.total}</p>; }
}`,
	'pages/Generic.tsx': `
export default function Show<Item extends {id: number}>({items}: {items: Item[]}) { return <p>{items.length}</p>; }`,
	'pages/Element.ts': `
import {createElement} from 'react';
export default ({total}: {total: number}) => createElement('p', {}, total);`,
	'pages/Union.tsx': show("{kind: 'a'; a: string} | {kind: 'b'; b: number}"),
	'pages/Record.tsx': show('Record<string, number>'),
	'pages/Errors.tsx': show('{errors: {name?: string}; total: number}'),
	'pages/OnlyErrors.tsx': show('{errors: Record<string, string>}'),
	'pages/Any.tsx': show('any'),
	'pages/AnyProp.tsx': show('{value: any; other: unknown}'),
	'pages/None.tsx': 'export default function None() { return <p />; }',
	'pages/Empty.tsx': show('{}'),
	'pages/Untyped.jsx': 'export default function Untyped({total}) { return <p>{total}</p>; }',
	'pages/Plain.js': 'export default () => null;',
	'pages/helper.ts': 'export const helper = 1;',
	'pages/Function.test.tsx': "import './missing.tsx';",
	...Object.fromEntries(awkwardNames.map(name => [`pages/${name}.tsx`, show('{total: number}')])),
	// A checker takes it for a directory.
	'pages/back\\slash.tsx': show('{total: number}'),
	'server.ts': `
import type {Context} from 'koa';
import {defer, page} from 'koa-inertia';
declare const {inertia}: Context;

inertia.render('Function', {user: {name: 'Ada'}});
inertia.render('Function', {user: () => ({name: 'Ada'}), note: defer(async () => 'late')});
inertia.render('Function', {user: {name: 'Ada'}, note: undefined});
inertia.render('Function', {user: {name: 1}}); // wrong
inertia.render('Function', {user: {name: 'Ada'}, note: 1}); // wrong
inertia.render('Function', {user: {name: 'Ada'}, layout: 1}); // wrong
inertia.render('Function', {}); // wrong
inertia.render('Function'); // wrong
inertia.render('Funktion', {user: {name: 'Ada'}}); // wrong
inertia.render('function', {user: {name: 'Ada'}}); // wrong
page('Function', {user: {name: 'Ada'}});
page('Function', {user: {name: 1}}); // wrong
page('Funktion'); // wrong
inertia.render('Arrow', {total: 1});
inertia.render('Arrow', {total: 'one'}); // wrong
inertia.render('Memo', {total: 1});
inertia.render('Memo', {total: 'one'}); // wrong
inertia.render('Memo', {total: 1, key: 'memo'}); // wrong
inertia.render('ForwardRef', {total: 1});
inertia.render('ForwardRef', {total: 'one'}); // wrong
inertia.render('ForwardRef', {total: 1, ref: null}); // wrong
inertia.render('ForwardRef', {total: 1, key: 'ref'}); // wrong
inertia.render('Class', {total: 1});
inertia.render('Class', {total: 1, size: 2});
inertia.render('Class', {total: 1, size: 'two'}); // wrong
inertia.render('Class', {size: 2}); // wrong
inertia.render('Generic', {items: [{id: 1}]});
inertia.render('Generic', {items: [{id: 'one'}]}); // wrong
inertia.render('Element', {total: 1});
inertia.render('Element', {total: 'one'}); // wrong
inertia.render('Union', {kind: 'a', a: 'one'});
inertia.render('Union', {kind: 'b', b: 1});
inertia.render('Union', {kind: 'a', b: 1}); // wrong
inertia.render('Record', {a: 1, b: 2});
inertia.render('Record', {a: 'one'}); // wrong
inertia.render('Errors', {total: 1});
inertia.render('Errors', {total: 1, errors: {name: 'Say it.'}});
inertia.render('Errors', {total: 1, errors: {name: 1}}); // wrong
inertia.render('Errors', {}); // wrong
inertia.render('OnlyErrors');
inertia.render('Any');
inertia.render('Any', {total: 1, path: ({ctx}) => ctx.path, deep: {aborted: ({signal}) => signal.aborted}});
inertia.render('AnyProp', {value: ({ctx}) => ctx.path, other: ({signal}) => signal.aborted});
inertia.render('AnyProp', {value: 1}); // wrong
inertia.render('None');
inertia.render('None', {});
inertia.render('None', {}, {status: 404});
inertia.render('None', {total: 1}); // wrong
inertia.render('Empty');
inertia.render('Empty', {total: 1}); // wrong
inertia.render('Untyped');
inertia.render('Untyped', {total: 1, path: ({ctx}) => ctx.path, late: defer(() => 1)});
inertia.render('Plain', {anything: [1]});
inertia.render('Untype', {}); // wrong
inertia.render('helper'); // wrong
inertia.render('helper', {}); // wrong
inertia.render('Function.test', {}); // wrong
${awkwardNames.map(name => `inertia.render(${literal(name)}, {total: 1});`).join('\n')}
${awkwardNames.map(name => `inertia.render(${literal(name)}, {total: 'one'}); // wrong`).join('\n')}
inertia.render('back\\\\slash', {total: 'any'});
inertia.render('back/slash', {}); // wrong
`,
};

function literal(name: string): string {
	return JSON.stringify(name).replace(/[\u2028\u2029]/g, character => `\\u${character.charCodeAt(0).toString(16)}`);
}
