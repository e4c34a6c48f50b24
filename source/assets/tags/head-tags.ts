import {createFailureNoticeScript} from '../../support/browser-scripts.ts';
import {escapeScriptJson} from '../../support/html.ts';
import type {ManifestIndex} from '../manifest/manifest-index.ts';
import {createTag, type Tag} from './tag.ts';

/**
 * The tags that stand in front of everything that loads a file: the import map, and for a build with hashes the script
 * that tells the user about a refused file.
 */
export function createHeadTags(index: ManifestIndex): Tag[] {
	return [
		...(index.hasImportMap ? [createImportMap(index)] : []),
		...(index.integrities.size > 0
			? [createTag('<script', {}, {content: createFailureNoticeScript({publicBase: index.base})})]
			: []),
	];
}

function createImportMap({importMap}: ManifestIndex): Tag {
	const content = escapeScriptJson(JSON.stringify(importMap));
	return createTag('<script', {type: 'importmap'}, {content, purpose: 'importmap'});
}
