import type {Page} from 'playwright-core';

/** Notes what the policies of a tab's documents refuse, from its next document on. */
export async function watchPolicy(page: Page): Promise<string[]> {
	const refused: string[] = [];

	await page.exposeFunction('noteRefusal', (refusal: string) => {
		refused.push(refusal);
	});
	await page.addInitScript(`document.addEventListener('securitypolicyviolation', event => {
		noteRefusal([event.effectiveDirective, event.blockedURI, event.sample].join(' '));
	});`);
	page.on('console', message => {
		if (/content security policy/i.test(message.text())) {
			refused.push(message.text());
		}
	});

	return refused;
}

/** A computed property of the first element, or of one of its pseudo elements. */
export async function readStyle(page: Page, selector: string, property: string, pseudo = ''): Promise<string> {
	const values = [selector, pseudo, property].map(value => JSON.stringify(value));
	return page.evaluate(
		`getComputedStyle(document.querySelector(${values[0]}), ${values[1]}).getPropertyValue(${values[2]})`,
	);
}
