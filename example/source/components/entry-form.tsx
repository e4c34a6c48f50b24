import {Link, useForm} from '@inertiajs/react';
import {type ReactNode, type SubmitEvent, useEffect} from 'react';
import type {EntryInput} from '../../server/diary.ts';
import type {StarName} from '../../server/stars.ts';
import {Field} from './field.tsx';
import {FocusFirstError} from './focus-first-error.tsx';

type EntryFormProps = {
	readonly method: 'post' | 'put';
	readonly url: string;
	readonly entry: EntryInput;
	readonly stars: readonly StarName[];
	readonly cancelUrl: string;
	/** The heading of the form. */
	readonly children: ReactNode;
};

/** Asks the server while its user types whether the entry is valid, and saves nothing before `Save`. */
export function EntryForm({method, url, entry, stars, cancelUrl, children}: EntryFormProps) {
	const {starId, night, notes} = entry;
	const form = useForm({starId, night, notes}).withPrecognition(method, url);
	const {data, errors, setData, validate, setValidationTimeout} = form;

	/** Sets how long a pause in the typing must be, and drops the validation that waits for one. */
	function startAnew() {
		setValidationTimeout(300);
	}

	// biome-ignore lint/correctness/useExhaustiveDependencies: it runs once, and when the form is left.
	useEffect(() => {
		startAnew();
		return startAnew;
	}, []);

	function save(event: SubmitEvent) {
		event.preventDefault();
		startAnew();
		form.submit();
	}

	return (
		<form className="entry-form" onSubmit={save} noValidate>
			{children}
			<Field label="Star" error={errors.starId}>
				{attributes => (
					<select
						{...attributes}
						value={data.starId}
						onChange={event => {
							setData('starId', event.target.value);
							// There is one entry for a star and a night, so another star may make the night right or wrong.
							validate({only: ['starId', 'night']});
						}}
					>
						<option value="">Choose a star</option>
						{stars.map(({id, name}) => (
							<option key={id} value={id}>
								{name}
							</option>
						))}
					</select>
				)}
			</Field>
			<Field label="Night" error={errors.night}>
				{attributes => (
					<input
						{...attributes}
						type="date"
						value={data.night}
						onChange={event => {
							setData('night', event.target.value);
							validate('night');
						}}
					/>
				)}
			</Field>
			<Field label="Notes" error={errors.notes} hint="Only you can read them.">
				{attributes => (
					<textarea
						{...attributes}
						rows={6}
						placeholder="Where you stood, how it looked, who was with you"
						value={data.notes}
						onChange={event => {
							setData('notes', event.target.value);
							validate('notes');
						}}
					/>
				)}
			</Field>
			<FocusFirstError isProcessing={form.processing} />
			<div className="actions">
				<button type="submit" className="button" disabled={form.processing}>
					Save
				</button>
				<Link href={cancelUrl}>Cancel</Link>
			</div>
		</form>
	);
}
