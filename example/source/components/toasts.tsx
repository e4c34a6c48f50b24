import {router, usePage} from '@inertiajs/react';

/** Shows what the server flashed until the next visit. The history doesn't have it. */
export function Toasts() {
	const {message, error} = usePage().flash;

	return (
		<div className="toasts">
			{/* The element must be there before its words, or screen readers don't read them out. */}
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
