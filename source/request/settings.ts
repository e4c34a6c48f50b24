import type {Assets} from '../assets/assets.ts';
import type {RenderDocument} from '../document/document.ts';
import type {EarlyHints} from '../document/early-hints.ts';
import type {NormalizedOptions} from '../normalize-options.ts';
import type {StaleVisitPolicy} from '../protocol/version-decision.ts';
import type {ReadVersion} from '../protocol/version-function.ts';
import type {Warnings} from '../support/warnings.ts';

/** What one `inertia()` answers its requests with. It is made once, from the options. */
export interface Settings {
	readonly options: NormalizedOptions;
	readonly assets: Assets;
	/** Reads the version function of the application, where the option `version` is one. */
	readonly readVersion: ReadVersion | undefined;
	readonly warnings: Warnings;
	readonly staleVisitPolicy: StaleVisitPolicy;
	readonly renderDocument: RenderDocument;
	/** Present when the option `earlyHints` asks for them. */
	readonly earlyHints: EarlyHints | undefined;
}
