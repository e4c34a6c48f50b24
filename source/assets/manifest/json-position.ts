const literal = /(?:true|false|null)|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in a string.
const characters = /[^"\\\u0000-\u001f]*/y;
const escaped = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
const space = /[ \t\n\r]*/y;

/**
 * Where text stops being JSON: the line and column, both from 1, of the first wrong character.
 *
 * `JSON.parse` gives a position for some mistakes and in some versions of Node only.
 */
export function findJsonMistake(text: string): {line: number; column: number} {
	const position = new Scanner(text).findMistake();
	const before = text.slice(0, position);
	const line = before.split('\n').length;
	return {line, column: position - before.lastIndexOf('\n')};
}

/** Walks the grammar of JSON without building values; a stack instead of recursion, since depth is not ours to limit. */
class Scanner {
	readonly #text: string;
	#position = 0;

	constructor(text: string) {
		this.#text = text;
	}

	findMistake(): number {
		const open: Array<'{' | '['> = [];
		let expects: 'value' | 'separator' = 'value';
		let mayClose = false;
		for (;;) {
			this.#match(space);
			const container = open.at(-1);
			const character = this.#text[this.#position];
			if (expects === 'separator' || mayClose) {
				if (container && character === (container === '{' ? '}' : ']')) {
					this.#position += 1;
					open.pop();
					expects = 'separator';
					mayClose = false;
					continue;
				}

				if (expects === 'separator') {
					if (!container || character !== ',') return this.#position;
					this.#position += 1;
					expects = 'value';
					this.#match(space);
				}
			}

			mayClose = false;
			if (container === '{' && !this.#matchKey()) return this.#position;
			const next = this.#text[this.#position];
			if (next === '{' || next === '[') {
				this.#position += 1;
				open.push(next);
				mayClose = true;
			} else if (next === '"' ? this.#matchString() : this.#match(literal)) {
				expects = 'separator';
			} else {
				return this.#position;
			}
		}
	}

	#matchKey(): boolean {
		if (this.#text[this.#position] !== '"' || !this.#matchString()) return false;
		this.#match(space);
		if (this.#text[this.#position] !== ':') return false;
		this.#position += 1;
		this.#match(space);
		return true;
	}

	/** Run by run and not by one expression: for a string of many megabytes that takes more stack than there is. */
	#matchString(): boolean {
		this.#position += 1;
		do this.#match(characters);
		while (this.#match(escaped));
		if (this.#text[this.#position] !== '"') return false;
		this.#position += 1;
		return true;
	}

	/** Moves past a token; a token of no characters leaves the position and is no match. */
	#match(token: RegExp): boolean {
		token.lastIndex = this.#position;
		const length = token.exec(this.#text)?.[0].length ?? 0;
		this.#position += length;
		return length > 0;
	}
}
