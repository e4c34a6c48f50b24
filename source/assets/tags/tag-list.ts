import {escapeAttribute} from '../../support/html.ts';
import {type FittingPreloads, fitPreloads} from './preload.ts';
import type {Tag} from './tag.ts';

/** Tags that stand together. Their HTML is put together once for all requests. */
export class TagBlock {
	readonly tags: readonly Tag[];
	readonly #html: string;
	/** The text around the places for a nonce. It is `undefined` until a request has a nonce. */
	#pieces: readonly string[] | undefined;

	constructor(tags: readonly Tag[]) {
		this.tags = tags;
		this.#html = renderTags(tags, '');
	}

	/** Characters of its HTML without a nonce. */
	get length(): number {
		return this.#html.length;
	}

	/** Gives the HTML with `attribute` right after the name of every element. */
	render(attribute: string): string {
		if (attribute === '' || this.tags.length === 0) return this.#html;
		this.#pieces ??= [
			this.tags[0]?.start ?? '',
			...this.tags.map(({rest}, index) => {
				const next = this.tags[index + 1];
				return next ? `${rest}\n${next.start}` : rest;
			}),
		];
		return this.#pieces.join(attribute);
	}
}

/** The tags of one call of `vite()`. */
export class TagList {
	/** The tags in front of every call. All lists share one block, since the hashes of thousands of chunks are long. */
	readonly #head: TagBlock;
	readonly #own: TagBlock;
	/** The values of the `Link` header, the most urgent first. */
	readonly preloads: readonly string[];
	#fitting: FittingPreloads | undefined;
	#purposes: ReadonlySet<string> | undefined;

	constructor(head: TagBlock, own: TagBlock, preloads: readonly string[] = []) {
		this.#head = head;
		this.#own = own;
		this.preloads = preloads;
	}

	/** Characters of its own HTML, without the tags in front of every call. */
	get length(): number {
		return this.#own.length;
	}

	/**
	 * Gives the tags as HTML. A nonce is an attribute of every tag, and of an element in front of them, where Vite's
	 * client and the loader of lazy chunks look for it.
	 *
	 * @see https://vite.dev/guide/features#content-security-policy-csp
	 */
	render(nonce?: string): string {
		const attribute = renderNonce(nonce);
		const html = joinLines(this.#head.render(attribute), this.#own.render(attribute));
		return attribute === '' ? html : joinLines(`<meta property="csp-nonce"${attribute}>`, html);
	}

	/** Gives the tags that no list in `earlier` has, for the later calls of `vite()` in one template. */
	renderNew(earlier: readonly TagList[], nonce?: string): string {
		if (earlier.length === 0) return this.render(nonce);
		const isNew = ({purpose}: Tag): boolean => !earlier.some(list => list.#serves(purpose));
		return renderTags(this.#tags.filter(isNew), renderNonce(nonce));
	}

	/**
	 * Gives the preloads that fit into a header. It keeps the last answer: all nonces have one length, so every request
	 * asks for the same one.
	 */
	fit(budget: number, overhead: number): FittingPreloads {
		if (this.#fitting?.budget !== budget || this.#fitting.overhead !== overhead) {
			this.#fitting = fitPreloads(this.preloads, budget, overhead);
		}

		return this.#fitting;
	}

	get #tags(): readonly Tag[] {
		return [...this.#head.tags, ...this.#own.tags];
	}

	#serves(purpose: string): boolean {
		this.#purposes ??= new Set(this.#tags.flatMap(({purpose: own, alsoServes = own}) => [own, alsoServes]));
		return this.#purposes.has(purpose);
	}
}

function renderTags(tags: readonly Tag[], attribute: string): string {
	return tags.map(({start, rest}) => start + attribute + rest).join('\n');
}

function joinLines(first: string, second: string): string {
	return first === '' || second === '' ? first + second : `${first}\n${second}`;
}

function renderNonce(nonce: string | undefined): string {
	return nonce ? ` nonce="${escapeAttribute(nonce)}"` : '';
}
