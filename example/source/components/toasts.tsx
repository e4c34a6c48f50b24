import {router, usePage} from '@inertiajs/react';

/** What the server flashed: shown until the next visit, and nowhere in the history. */
export function Toasts() {
	const {message, error} = usePage().flash;

	return (
		<div className="toasts">
			{/* There before its words are, or screen readers don't read them out. */}
			<div role="status">{message && <Toast words={message} />}</div>
			{error && (
				<div role="alert">
					<Toast words={error} isError />
				</div>
			)}
		</div>
	);
}

function Toast({words, isError = false}: {readonly words: string; readonly isError?: boolean}) {
	return (
		<p className={isError ? 'toast failed' : 'toast'}>
			{words}
			<button type="button" aria-label="Dismiss" onClick={() => router.flash(() => ({}))}>
				×
			</button>
		</p>
	);
}
