// Runs in the browser. Around the client it does what an adapter such as `@inertiajs/react` does, without a framework:
// it writes the props of each page into the document, and a paginated list as elements that the client can observe.
import {getInitialPageFromDOM, getScrollableParent, router, useInfiniteScroll} from '@inertiajs/core';
import {createValidator, toSimpleValidationErrors} from 'laravel-precognition';

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

// In the tab's storage, since an event may be the last thing before the document is left.
const readEvents = () => JSON.parse(sessionStorage.getItem('events') ?? '[]');
const record = (name, value = null) =>
	sessionStorage.setItem('events', JSON.stringify([...readEvents(), [name, value]]));

router.on('flash', ({detail}) => record('flash', detail.flash));
router.on('error', ({detail}) => record('error', detail.errors));
router.on('httpException', ({detail}) => record('httpException', detail.response.status));
router.on('networkError', () => record('networkError'));
router.on('location', ({detail}) => record('location', {url: detail.url.href, isVersionChange: detail.versionChange}));

// Without those of failures: with them, the client uses nothing that was loaded ahead.
const callbacks = {
	onSuccess: () => record('onSuccess'),
	onError: errors => record('onError', errors),
	onFlash: flash => record('onFlash', flash),
	onCancel: () => record('onCancel'),
};

/** Waits until the visit has ended and its page, if any, is shown. */
function finish(visit) {
	return new Promise(resolve => {
		let running = 0;
		visit({
			onStart: () => {
				running += 1;
			},
			// An answer with `X-Inertia-Redirect` ends its visit, and starts another with the same callbacks at once.
			onFinish: () => {
				running -= 1;
				setTimeout(() => running === 0 && resolve());
			},
		});
	});
}

/** Sends a visit with the callbacks. In `optimistic` are the props that it shows until the answer is there. */
function send(url, {optimistic, ...options} = {}, ends = {}) {
	router.visit(url, {...callbacks, ...ends, ...options, ...(optimistic && {optimistic: () => optimistic})});
}

function prefetch(url) {
	return new Promise(resolve => {
		router.prefetch(url, {onPrefetched: () => resolve()}, {cacheFor: '1m'});
	});
}

/** What the history holds of the page that is shown: the page, or its encrypted bytes as text. */
function readHistory() {
	const {page} = history.state;
	return page instanceof ArrayBuffer ? new TextDecoder('latin1').decode(page) : page;
}

let form;

/** What `useForm` of the adapters does when it is given a method and a URL. */
function createForm(method, url, data) {
	form = {data, errors: {}, valid: []};
	const {validator} = Object.assign(form, {
		validator: createValidator(http => http[method](url, form.data), structuredClone(data)),
	});
	validator.setTimeout(1);
	validator.on('validatedChanged', () => Object.assign(form, {valid: validator.valid()}));
	validator.on('errorsChanged', () =>
		Object.assign(form, {errors: toSimpleValidationErrors(validator.errors()), valid: validator.valid()}),
	);
}

/** Validates one field, or all that were touched, and waits for the answer. */
function validate(data, field) {
	form.data = data;
	return new Promise((resolve, reject) => {
		// A value that is as it was when it was validated before is not sent.
		setTimeout(() => reject(new Error('Nothing was validated')), 10_000);
		const options = {onFinish: () => setTimeout(() => resolve(readForm()))};
		const value = field?.split('.').reduce((parent, key) => parent?.[key], data);
		if (field === undefined) form.validator.validate(options);
		else form.validator.validate(field, value, options);
	});
}

const readForm = () => ({errors: form.errors, valid: form.valid, touched: form.validator.touched()});

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
	reload: options => finish(ends => router.reload({...options, ...ends})),
	visit: (url, options) => finish(ends => send(url, options, ends)),
	send,
	prefetch,
	readEvents,
	readHistory,
	createForm,
	touch: fields => form.validator.touch(fields),
	validate,
};

router.init({
	initialPage: getInitialPageFromDOM('app'),
	resolveComponent: name => name,
	swapComponent: async swap => show(swap),
});
