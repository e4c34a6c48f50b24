import {type Element, readElements} from './document.ts';

/** What the tags load, as `rel url` of a link and `url` of a script. */
export function describeTags(html: string): string[] {
	return listTags(html).flatMap(({name, attributes: {rel, href, src}}) => {
		if (name === 'link') return `${rel} ${href}`;
		return src ?? [];
	});
}

/** The links and scripts of a document, without the page object. */
export function listTags(html: string): Element[] {
	return readElements(html).filter(
		({name, attributes}) => (name === 'link' || name === 'script') && attributes['data-page'] === undefined,
	);
}
