import type {Snapshot, TagAttributes} from 'koa-inertia/assets';

type TagRequest = {
	readonly entries: readonly string[];
	readonly page?: string | undefined;
	readonly attributes?: Required<TagAttributes>;
	/** The same for the same entries and attributes. */
	readonly key: string;
};

/** The tags of one call of `vite()`. */
export type SnapshotTags = {
	render(nonce?: string): string;
	/** Without what earlier calls of one template gave. */
	renderNew(earlier: readonly SnapshotTags[], nonce?: string): string;
};

/** What the middleware knows of a snapshot beside the types for users. */
type Inside = {
	listTags(request: Required<TagRequest>): SnapshotTags;
};

/** Lists tags as the middleware does it, which keeps them, and renders them later. */
export function listSnapshotTags(
	snapshot: Snapshot,
	{page, attributes = {script: {}, stylesheet: {}, preload: {}}, ...request}: TagRequest,
): SnapshotTags {
	return (snapshot as Snapshot & Inside).listTags({...request, page, attributes});
}
