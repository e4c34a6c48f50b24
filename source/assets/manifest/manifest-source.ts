import type {Manifest} from './manifest.ts';

/** A place that a new manifest may come from while the server runs. */
export interface ManifestSource {
	/** Path or URL, for messages. */
	readonly location: string;
	/** The public URL of the build's files, where neither the option `base` nor the build itself names one. */
	readonly defaultBase: string;
	/**
	 * Gives a manifest that is new since the last call and whole, `unchanged`, or `unsettled` while somebody may be writing it.
	 *
	 * @throws {ManifestError} as long as what is there can't be taken over.
	 */
	readIfChanged(): Promise<Manifest | 'unchanged' | 'unsettled'>;
}
