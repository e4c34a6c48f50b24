export function isStylesheet(file: string): boolean {
	return /\.(?:css|less|sass|scss|styl|stylus|pcss|postcss|sss)$/.test(file);
}

export function isScript(file: string): boolean {
	return /\.[cm]?js$/.test(file);
}

/** Whether a browser loads a file for its effect. Images and fonts are only named by URLs in other files. */
export function isLoadable(file: string): boolean {
	return isScript(file) || isStylesheet(file);
}
