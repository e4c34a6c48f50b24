// Runs in the browser. Around the client it does what an adapter such as `@inertiajs/react` does, without a framework:
// it writes the props of each page into the document, and a paginated list as elements that the client can observe.
import {getInitialPageFromDOM, getScrollableParent, router, useInfiniteScroll} from '@inertiajs/core';

const root = document.querySelector('#app');
const heading = root.appendChild(document.createElement('h1'));
const output = root.appendChild(document.createElement('pre'));
const start = root.appendChild(document.createElement('div'));
const list = root.appendChild(document.createElement('ul'));
const end = root.appendChild(document.createElement('div'));
// Its height would part the ends of the list from those of the page.
output.hidden = true;

const shown = [];
let scrolling;

function show({component, page, preserveState}) {
	shown.push(structuredClone(page));
	heading.textContent = component;
	output.textContent = JSON.stringify(page.props);
	if (!preserveState) stopScrolling();
	const [path] = Object.keys(page.scrollProps ?? {});
	const value = path?.split('.').reduce((parent, key) => parent?.[key], page.props);
	if (value === undefined) return;
	showItems(Array.isArray(value) ? value : value.data);
	scrolling ??= startScrolling(path);
}

/** As a framework does by keys: elements of items that stay are kept. An item that is there twice gets two. */
function showItems(items) {
	const present = new Map([...list.children].map(element => [element.textContent, element]));
	const elements = items.map(({id}) => {
		const element = present.get(String(id)) ?? createItem(id);
		present.delete(String(id));
		return element;
	});
	for (const element of present.values()) element.remove();
	let next = list.firstElementChild;
	for (const element of elements) {
		if (element === next) next = next.nextElementSibling;
		else list.insertBefore(element, next);
	}
}

function createItem(id) {
	const element = document.createElement('li');
	element.textContent = id;
	element.style.height = '100px';
	return element;
}

/** What `InfiniteScroll` of the adapters does when it is mounted. */
function startScrolling(path) {
	const nothing = () => {};
	const instance = useInfiniteScroll({
		getPropName: () => path,
		inReverseMode: () => false,
		shouldFetchNext: () => true,
		shouldFetchPrevious: () => true,
		shouldPreserveUrl: () => false,
		getTriggerMargin: () => 0,
		getStartElement: () => start,
		getEndElement: () => end,
		getItemsElement: () => list,
		getScrollableParent: () => getScrollableParent(list),
		onBeforePreviousRequest: nothing,
		onBeforeNextRequest: nothing,
		onCompletePreviousRequest: nothing,
		onCompleteNextRequest: nothing,
	});
	const {dataManager, elementManager} = instance;
	elementManager.setupObservers();
	elementManager.processServerLoadedElements(dataManager.getLastLoadedPage());
	elementManager.enableTriggers();
	return instance;
}

function stopScrolling() {
	scrolling?.flush();
	scrolling = undefined;
	list.replaceChildren();
}

/** Waits until the visit has ended and its page, if any, is shown. */
function finish(visit) {
	return new Promise(resolve => {
		visit(() => resolve());
	});
}

window.client = {
	/** Every page that was shown, in order. */
	shown,
	/** What the document shows now, not what the client keeps. */
	readProps: () => JSON.parse(output.textContent),
	readItems: () => [...list.children].map(element => element.textContent),
	getScrollState: () => ({
		hasPrevious: scrolling.dataManager.hasPrevious(),
		hasNext: scrolling.dataManager.hasNext(),
		requestCount: scrolling.dataManager.getRequestCount(),
	}),
	reload: options => finish(onFinish => router.reload({...options, onFinish})),
	visit: (url, options) => finish(onFinish => router.visit(url, {...options, onFinish})),
};

router.init({
	initialPage: getInitialPageFromDOM('app'),
	resolveComponent: name => name,
	swapComponent: async swap => show(swap),
});
