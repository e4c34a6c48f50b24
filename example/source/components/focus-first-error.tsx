import {useEffect} from 'react';

/** Leads from a form that came back to what has to be mended in it. */
export function FocusFirstError({isProcessing}: {readonly isProcessing: boolean}) {
	useEffect(() => {
		if (!isProcessing) {
			document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
		}
	}, [isProcessing]);

	return null;
}
