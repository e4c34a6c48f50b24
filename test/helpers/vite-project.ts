import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';

/**
 * An entry with a name that needs care. Its key in the manifest is this path as it is. The name of its file keeps the
 * quote and the spaces; `<`, `>`, `"`, `&`, `#`, `?`, `%` and the like become `_` there.
 *
 * Vite 8 can't build a name with `?`, `@vitejs/plugin-legacy` 8 none with `'`, and Windows has no file with `<`.
 */
export const oddEntry = process.platform === 'win32' ? "source/it's an odd one.ts" : "source/it's <odd> one.ts";

/** The names of the stylesheets that an entry needs at once, with those of the modules that it imports. */
export const entryStyles: Readonly<Record<string, readonly string[]>> = {
	'source/main.ts': ['main', 'odd', 'shared'],
	'source/admin.ts': ['admin', 'odd', 'shared'],
	[oddEntry]: ['odd-one'],
	'source/print.css': ['print'],
};

/**
 * The pages that `source/main.ts` loads lazily, with the names of the stylesheets that each needs beside the entry's.
 *
 * `Users/Show` is also imported by a module that `Users/Index` imports: most versions of Vite put it into the chunk of
 * that module, and then the manifest has no key for the page.
 */
export const pageStyles: Readonly<Record<string, readonly string[]>> = {
	Home: ['home', 'theme'],
	'Users/Index': ['theme', 'users-index', 'users-show'],
	'Users/Show': ['users-show'],
};

export const entries: readonly string[] = Object.keys(entryStyles);

export type ProjectOptions = {
	/** How many lazy pages to add as `source/pages/Many/<number>.tsx`, each pair of which shares a module. */
	readonly manyPages?: number;
};

/** Writes the source files of an application for Vite into a directory. It needs no package. */
export async function writeViteProject(directory: string, {manyPages = 0}: ProjectOptions = {}): Promise<void> {
	for (const [name, content] of Object.entries({...sources, ...createManyPages(manyPages)})) {
		const file = path.join(directory, name);
		await mkdir(path.dirname(file), {recursive: true});
		await writeFile(file, content);
	}
}

/** Sets a mark in the page, which no build can leave out. */
const mark = (name: string, ...values: readonly string[]): string =>
	`document.documentElement.dataset.${name} = [${values.join(', ')}].join(' ');\n`;

/** A stylesheet that can be found again in a build, by its name, and in a browser, as a value of the root element. */
const style = (name: string, rest = ''): string => `:root { --${name}: loaded; }\n${rest}`;

const image = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64',
);

const sources: Readonly<Record<string, string | Uint8Array>> = {
	'package.json': '{"private": true, "type": "module"}\n',

	'source/main.ts': `import './main.css';
import font from './font.woff2';
import logo from './logo.png';
import {greet} from './shared.ts';

export const open = (page: string): Promise<unknown> | undefined => pages['./pages/' + page + '.tsx']?.();
const pages: Record<string, () => Promise<unknown>> = import.meta.glob('./pages/**/*.tsx');
open(location.hash.slice(1));
${mark('main', "greet('main')", 'font', 'logo')}`,
	'source/main.css': style('main', "body { background: url('./logo.png'); }\n"),
	'source/logo.png': image,
	// No browser shows it: a build copies a font and doesn't read it.
	'source/font.woff2': 'wOF2 of no font',

	'source/admin.ts': `import './admin.css';
import {greet} from './shared.ts';

${mark('admin', "greet('admin')")}`,
	'source/admin.css': style('admin'),

	[oddEntry]: `import './odd-one.css';

${mark('oddOne', "'odd'")}`,
	'source/odd-one.css': style('odd-one'),

	'source/print.css': style('print', "@font-face { font-family: 'Print'; src: url('./print.woff2'); }\n"),
	'source/print.woff2': 'wOF2 of no font for print',

	'source/shared.ts': `import './shared.css';
import {isEven} from './even.ts';

export const greet = (name: string): string => 'Hello ' + name + (isEven(name.length) ? '!' : '.');
`,
	'source/shared.css': style('shared'),

	// Two modules that import each other: a cycle of chunks where a config puts each into a chunk of its own.
	'source/even.ts': `import {isOdd} from './odd.ts';

export const isEven = (value: number): boolean => value === 0 || isOdd(value - 1);
`,
	'source/odd.ts': `import './odd.css';
import {isEven} from './even.ts';

export const isOdd = (value: number): boolean => value !== 0 && isEven(value - 1);
`,
	'source/odd.css': style('odd'),

	// Only a stylesheet, which two pages share: a chunk without code, which Vite removes again.
	'source/theme.ts': "import './theme.css';\n",
	'source/theme.css': style('theme'),
	'source/card.module.css': '.card { color: teal; }\n',

	// Pages and a module that need each other. The way back to `main.ts` makes a lazy chunk import its entry.
	'source/users.ts': `import {describe} from './pages/Users/Show.tsx';

export const list = (names: readonly string[]): string => names.map(name => describe(name)).join(', ');
`,
	'source/pages/Home.tsx': `import './home.css';
import '../theme.ts';
import {open} from '../main.ts';

export const next = (): Promise<unknown> | undefined => open('Users/Index');
export default function Home(): string {
	return 'Home';
}
`,
	'source/pages/home.css': style('home'),
	'source/pages/Users/Index.tsx': `import './index.css';
import '../../theme.ts';
import {greet} from '../../shared.ts';
import card from '../../card.module.css';
import {list} from '../../users.ts';

export const next = (): Promise<unknown> => import('./Show.tsx');
export default function Index(): string {
	return card.card + greet(list(['Ada', 'Grace']));
}
`,
	'source/pages/Users/index.css': style('users-index'),
	'source/pages/Users/Show.tsx': `import './show.css';
import card from '../../card.module.css';
import photo from '../../photo.png';
import {list} from '../../users.ts';

export const describe = (name: string): string => 'User ' + name;
export const previous = (): Promise<unknown> => import('./Index.tsx');
export default function Show(): string {
	return card.card + photo + list(['Ada']);
}
`,
	'source/pages/Users/show.css': style('users-show'),
	'source/photo.png': Buffer.concat([image, Buffer.from('photo')]),
};

function createManyPages(count: number): Record<string, string> {
	const files: Record<string, string> = {};
	for (let index = 0; index < count; index += 1) {
		const [pair, name] = [Math.floor(index / 2), `many-${index}`];
		files[`source/pages/Many/${index}.tsx`] = `import './${name}.css';
import {value} from '../../many/${pair}.ts';

export default function Page(): string {
	return '${name}' + value;
}
`;
		files[`source/pages/Many/${name}.css`] = style(name);
		files[`source/many/${pair}.ts`] = `import './${pair}.css';

export const value = 'shared by a pair, number ${pair}';
`;
		files[`source/many/${pair}.css`] = style(`pair-${pair}`);
	}

	return files;
}
