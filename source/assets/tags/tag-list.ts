import {escapeAttribute} from '../../support/html.ts';
import {type FittingPreloads, fitPreloads} from './preload.ts';
import type {SequenceCache} from './sequence-cache.ts';
import type {Tag} from './tag.ts';

/** Tags that stand together, put together once for all requests. */
export class TagBlock {
	readonly tags: readonly Tag[];
	readonly #html: string;
	/** The text around the places for a nonce; `undefined` until one is asked for. */
	#pieces: readonly string[] | undefined;

	constructor(tags: readonly Tag[]) {
		this.tags = tags;
		this.#html = tags.map(({start, rest}) => start + rest).join('\n');
	}

	/** Characters of its HTML without a nonce. */
	get length(): number {
		return this.#html.length;
	}

	/** As HTML, with an attribute right after the name of every element. */
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

	/** The same without what is served already. */
	without(served: ReadonlySet<string>): TagBlock {
		const tags = this.tags.filter(({purpose}) => !served.has(purpose));
		return tags.length === this.tags.length ? this : new TagBlock(tags);
	}
}

/** What is left of a list of tags after others in the same document. */
export interface TagRest {
	readonly head: TagBlock;
	readonly own: TagBlock;
	/** Characters of what isn't kept elsewhere. */
	readonly length: number;
}

/** What a list of tags is besides its HTML. */
interface TagListDetails {
	readonly preloads?: readonly string[];
	/** Where a build keeps what is left of its lists. */
	readonly rests?: SequenceCache<TagRest>;
}

/** The tags of one call of `vite()`. */
export class TagList {
	/** What every call has in front. One block for all of them, since the hashes of thousands of chunks are long. */
	readonly #head: TagBlock;
	readonly #own: TagBlock;
	/** What the `Link` header asks for, the most urgent first. */
	readonly preloads: readonly string[];
	readonly #rests: SequenceCache<TagRest> | undefined;
	#fitting: FittingPreloads | undefined;

	constructor(head: TagBlock, own: TagBlock, {preloads = [], rests}: TagListDetails = {}) {
		this.#head = head;
		this.#own = own;
		this.preloads = preloads;
		this.#rests = rests;
	}

	/** Characters of its own HTML, without what every call has in front. */
	get length(): number {
		return this.#own.length;
	}

	/**
	 * The tags as HTML. With a nonce it is on every tag, and in front of them in the element where Vite's client and the
	 * loader of lazy chunks look for it.
	 *
	 * @see https://vite.dev/guide/features#content-security-policy-csp
	 */
	render(nonce?: string): string {
		const attribute = renderNonce(nonce);
		const html = joinLines(this.#head.render(attribute), this.#own.render(attribute));
		return attribute === '' ? html : joinLines(`<meta property="csp-nonce"${attribute}>`, html);
	}

	/** The tags that a document doesn't have yet, for the later calls of `vite()` in one template. */
	renderNew(earlier: readonly TagList[], nonce?: string): string {
		if (earlier.length === 0) return this.render(nonce);
		const create = (): TagRest => this.#createRest(earlier);
		const {head, own} = this.#rests?.get(earlier, this, create) ?? create();
		const attribute = renderNonce(nonce);
		return joinLines(head.render(attribute), own.render(attribute));
	}

	/** The preloads that fit into a header. Nonces are all of one length, and so is what fits, from request to request. */
	fit(budget: number, overhead: number): FittingPreloads {
		if (this.#fitting?.budget !== budget || this.#fitting.overhead !== overhead) {
			this.#fitting = fitPreloads(this.preloads, budget, overhead);
		}

		return this.#fitting;
	}

	#createRest(earlier: readonly TagList[]): TagRest {
		const served = new Set(earlier.flatMap(list => list.#listServed()));
		const head = this.#head.without(served);
		const own = this.#own.without(served);
		return {head, own, length: (head === this.#head ? 0 : head.length) + (own === this.#own ? 0 : own.length)};
	}

	#listServed(): string[] {
		return [...this.#head.tags, ...this.#own.tags].flatMap(({purpose, alsoServes}) =>
			alsoServes === undefined ? [purpose] : [purpose, alsoServes],
		);
	}
}

function joinLines(first: string, second: string): string {
	return first === '' || second === '' ? first + second : `${first}\n${second}`;
}

function renderNonce(nonce: string | undefined): string {
	return nonce ? ` nonce="${escapeAttribute(nonce)}"` : '';
}
