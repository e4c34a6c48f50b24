import {useEffect} from 'react';

/** Puts the focus on the first wrong field when a form comes back with errors. */
export function FocusFirstError({isProcessing}: {readonly isProcessing: boolean}) {
	useEffect(() => {
		if (!isProcessing) {
			document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
		}
	}, [isProcessing]);

	return null;
}
