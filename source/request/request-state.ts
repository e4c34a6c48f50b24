import type {Snapshot} from '../assets/snapshot.ts';
import type {RenderDocument} from '../document/document.ts';
import type {EarlyHints} from '../document/early-hints.ts';
import type {NormalizedOptions} from '../normalize-options.ts';
import type {RequestVersion} from '../protocol/request-version.ts';
import type {Visit} from '../protocol/visit.ts';
import type {SessionMarks} from '../session/next-page-store.ts';
import type {FieldErrors, PropsInput} from '../types.ts';

/** What pages are made with, for all requests of an application. */
export interface Application {
	readonly options: NormalizedOptions;
	readonly renderDocument: RenderDocument;
	/** Present when the option `earlyHints` asks for them. */
	readonly hints: EarlyHints | undefined;
}

/** What the middleware finds out about a request. */
export interface RequestState {
	readonly visit: Visit;
	readonly version: RequestVersion;
	readonly snapshot: Snapshot;
	/** What waits in the session and what the handlers add to it; see `findMarks`. */
	marks: SessionMarks | undefined;
	/** What the handlers share, in that order; it comes after the option `share`. */
	readonly shared: PropsInput[];
	/** Whether the pages of this request are encrypted in the history; `undefined` leaves it to the option. */
	isHistoryEncrypted: boolean | undefined;
	/** What a request that asks for validation alone is answered with, once that is known. */
	precognition: FieldErrors | undefined;
	/** One object for all copies of the state, such as that of an error page. */
	readonly announcement: Announcement;
}

/** What the browser is told of the files that a document loads. */
export interface Announcement {
	/** Whether early hints were sent, or there was nothing to send. */
	areHintsSent: boolean;
	/** What the `Link` header says. */
	links: string;
	/** The body of the document that it says it of: of what is sent in its place it would be wrong. */
	body: unknown;
}
