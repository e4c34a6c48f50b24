import type {Context} from 'koa';
import type {Snapshot} from '../assets/snapshot.ts';
import type {ServerVersion} from '../assets/version.ts';
import {decideVersion, type VersionDecision} from '../protocol/version-decision.ts';
import {ParsedVisit, type Visit} from '../protocol/visit.ts';
import type {NextPageStore} from '../session/next-page-store.ts';
import type {FieldErrors, PropsInput} from '../types.ts';
import type {Settings} from './settings.ts';

/** What the browser is told of the files that a document loads. */
export interface Preloads {
	/** The value of the `Link` header; `''` for none. */
	readonly link: string;
	/** The body of the document that the header is about. It would be wrong on a body that is sent in its place. */
	readonly body: unknown;
}

const noProps: readonly PropsInput[] = Object.freeze([]);

/**
 * One request and its response, from the first look at its headers to the last header of its response.
 *
 * It is made once and passed on alone; nothing copies it. What only a page needs is made when a page is rendered, so that
 * a refused visit costs no more than the decision.
 */
export class Exchange {
	readonly ctx: Context;
	readonly settings: Settings;
	readonly visit: Visit;
	/** The state of the assets for the whole request. A build that is put in place meanwhile counts from the next one on. */
	readonly snapshot: Snapshot;
	readonly decision: VersionDecision;
	/** The props that the handlers share, in that order. They come after those of the option `share`. */
	shared = noProps;
	/** Flash, errors and history orders for the next page; `findNextPage` and `openNextPage` make it. */
	nextPage: NextPageStore | undefined;
	/** Whether the client encrypts the pages of this request in its history; `undefined` leaves it to the option. */
	isHistoryEncrypted: boolean | undefined;
	/** The errors of a request that only asks for validation; `undefined` until something has validated its input. */
	precognition: FieldErrors | undefined;
	/** The number of renders that were begun and have put no page into the response; see `beginRender`. */
	openRenders = 0;
	/** Those renders, where they were not done at once. A handler may forget to wait for them. */
	rendering: Promise<void> | undefined;
	/** What the browser is told of the files that the document loads; `undefined` until a document is begun. */
	preloads: Preloads | undefined;

	constructor(ctx: Context, settings: Settings, snapshot: Snapshot, server: ServerVersion) {
		this.ctx = ctx;
		this.settings = settings;
		this.visit = new ParsedVisit(ctx);
		this.snapshot = snapshot;
		this.decision = decideVersion(this.visit, server, settings.staleVisitPolicy);
	}
}
