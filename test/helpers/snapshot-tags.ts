import type {Assets, TagAttributes} from 'koa-inertia/assets';

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

/** What the middleware knows of the assets at one moment. */
export type Snapshot = {
	readonly kind: 'built' | 'development' | 'empty';
	readonly version: string;
	listTags(request: Required<TagRequest>): SnapshotTags;
	url(path: string): string;
};

/** What the middleware can ask of the assets beside the types for users. */
type Inside = {
	take(environment?: string): Snapshot | Promise<Snapshot>;
};

/** Takes a snapshot as the middleware does it at the start of a request; a promise where the request has to wait. */
export function takeSnapshot(assets: Assets): Snapshot | Promise<Snapshot> {
	return (assets as Assets & Inside).take();
}

/** Lists tags as the middleware does it, which keeps them, and renders them later. */
export function listSnapshotTags(
	snapshot: Snapshot,
	{page, attributes = {script: {}, stylesheet: {}, preload: {}}, ...request}: TagRequest,
): SnapshotTags {
	return snapshot.listTags({...request, page, attributes});
}
