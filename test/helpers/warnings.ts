import type {ExecutionContext} from 'ava';

export type Warning = Error & {readonly code?: string};

/** Collects the warnings of this process whose message has `text` in it, since tests run side by side. */
export function collectWarnings(t: ExecutionContext, text: string): Warning[] {
	const warnings: Warning[] = [];
	const listener = (warning: Warning): void => {
		if (warning.message.includes(text)) warnings.push(warning);
	};

	process.on('warning', listener);
	t.teardown(() => process.off('warning', listener));
	return warnings;
}
