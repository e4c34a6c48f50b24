import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {parseSync} from 'rolldown/utils';

/** A name that an import or an export takes from a module: `Prop` or `type Prop as Value`. */
interface Link {
	readonly text: string;
	readonly imported: string;
	readonly name: string;
	readonly module: string;
}

/** A statement at the top level of a file. */
interface Statement {
	/** With the comments before it. */
	readonly text: string;
	/** Every word outside of the comments that isn't plainly the name of a member: what it uses, and sometimes more. */
	readonly words: readonly string[];
	readonly links: readonly Link[];
	/** What it declares. Neither `export {}` nor `declare module 'koa'` declares a name. */
	readonly name: string | undefined;
	readonly isExport: boolean;
}

const linkList = /^((?:import|export)(?: type)? \{)([^}]+)(\} from '([^']+)';)$/m;
const declaredName = /^(?:export )?(?:declare )?(?:abstract )?(?:class|const|function|interface|type) (\w+)/;

/**
 * Leaves in the declarations that `tsc` wrote only what the entries export, and what that needs. Gives the files in
 * which something is left.
 *
 * We don't roll them up into one file for each entry, because the tool for it wants a newer Node than we support.
 */
export function pruneDeclarations(entries: readonly string[]): readonly string[] {
	const declarations = new Declarations();
	for (const entry of entries) declarations.keepExports(entry);
	return declarations.write();
}

class Declarations {
	readonly #files = new Map<string, readonly Statement[]>();
	readonly #kept = new Set<Statement | Link>();

	keepExports(file: string): void {
		for (const {name, links} of this.#open(file).filter(({isExport}) => isExport)) {
			for (const exported of name ? [name] : links.map(link => link.name)) this.#keepName(file, exported);
		}
	}

	write(): readonly string[] {
		for (const [file, statements] of this.#files) {
			const text = statements.map(statement => this.#print(statement)).join('');
			writeFileSync(file, `${text.trimStart()}\n`);
		}

		return [...this.#files.keys()];
	}

	#open(file: string): readonly Statement[] {
		const known = this.#files.get(file);
		if (known) return known;
		const statements = parseFile(file);
		this.#files.set(file, statements);
		for (const statement of statements) {
			if (!statement.name && statement.links.length === 0) this.#keep(file, statement);
		}

		return statements;
	}

	#keepName(file: string, name: string): void {
		for (const statement of this.#open(file)) {
			if (statement.name === name) this.#keep(file, statement);
			for (const link of statement.links) {
				if (link.name === name) this.#keepLink(file, link);
			}
		}
	}

	#keep(file: string, statement: Statement): void {
		if (this.#kept.has(statement)) return;
		this.#kept.add(statement);
		for (const word of statement.words) this.#keepName(file, word);
	}

	#keepLink(file: string, link: Link): void {
		if (this.#kept.has(link)) return;
		this.#kept.add(link);
		if (!link.module.startsWith('.')) return;
		this.#keepName(path.resolve(path.dirname(file), link.module.replace(/\.ts$/, '.d.ts')), link.imported);
	}

	#print(statement: Statement): string {
		if (statement.links.length === 0) return this.#kept.has(statement) ? statement.text : '';
		const links = statement.links.filter(link => this.#kept.has(link)).map(({text}) => text);
		if (links.length === 0) return '';
		return statement.text.replace(
			linkList,
			(_, before: string, _list, after: string) => `${before} ${links.join(', ')} ${after}`,
		);
	}
}

function parseFile(file: string): Statement[] {
	const text = readFileSync(file, 'utf8');
	const {program, comments, errors} = parseSync(file, text);
	if (errors.length > 0) throw new Error(`\`${file}\` can't be read: ${errors[0]!.message}`);
	let code = text;
	for (const {start, end} of comments) code = code.slice(0, start) + ' '.repeat(end - start) + code.slice(end);
	return program.body.map(({start, end}, index) => {
		const own = code.slice(start, end);
		return {
			text: text.slice(program.body[index - 1]?.end ?? 0, end),
			words: own.match(/\b\w+\b(?!\(|\??:)/g) ?? [],
			links: parseLinks(own),
			name: declaredName.exec(own)?.[1],
			isExport: own.startsWith('export'),
		};
	});
}

function parseLinks(code: string): Link[] {
	const [, , list = '', , module = ''] = linkList.exec(code) ?? [];
	const texts = list.split(',').map(text => text.trim());
	return texts.filter(Boolean).map(text => {
		const [imported = '', name = imported] = text.replace(/^type /, '').split(' as ');
		return {text, imported, name, module};
	});
}
