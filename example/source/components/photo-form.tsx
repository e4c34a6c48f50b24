import {useForm} from '@inertiajs/react';
import {type SubmitEvent, useRef} from 'react';
import {Field} from './field.tsx';
import {FocusFirstError} from './focus-first-error.tsx';

export function PhotoForm({url, label}: {readonly url: string; readonly label: string}) {
	const input = useRef<HTMLInputElement>(null);
	const form = useForm<{photo: File | null}>({photo: null});
	const {progress} = form;

	function upload(event: SubmitEvent) {
		event.preventDefault();
		form.post(url, {
			preserveScroll: true,
			onSuccess() {
				form.setData('photo', null);

				// A browser lets no script write into a field for files, but a script may empty it.
				if (input.current) {
					input.current.value = '';
				}
			},
		});
	}

	return (
		<form className="photo-form" onSubmit={upload}>
			<Field label={label} error={form.errors.photo} hint="JPEG, PNG or WebP, up to 8 MB">
				{attributes => (
					<input
						{...attributes}
						ref={input}
						type="file"
						accept="image/jpeg,image/png,image/webp"
						onChange={event => form.setData('photo', event.target.files?.[0] ?? null)}
					/>
				)}
			</Field>
			<FocusFirstError isProcessing={form.processing} />
			<div className="actions">
				<button type="submit" className="button" disabled={form.processing}>
					Upload
				</button>
				{progress && (
					<>
						<progress value={progress.progress} aria-label="Upload" />
						<button type="button" className="link" onClick={() => form.cancel()}>
							Stop
						</button>
					</>
				)}
			</div>
		</form>
	);
}
