import {Head, Link, useForm} from '@inertiajs/react';
import type {FormEvent} from 'react';
import type {Star} from '../../../server/database.ts';
import {StarLight} from '../../components/star-light.tsx';

export default function Edit({star}: {readonly star: Star}) {
	const form = useForm({seenOn: star.seenOn, notes: star.notes});

	function save(event: FormEvent) {
		event.preventDefault();
		form.put(`/stars/${star.id}`);
	}

	return (
		<>
			<Head title={`Entry for ${star.name}`} />
			<form className="entry-form" onSubmit={save}>
				<header>
					<StarLight star={star} />
					<h1>Your entry for {star.name}</h1>
				</header>
				<label>
					Seen on
					<input
						type="date"
						value={form.data.seenOn}
						onChange={event => form.setData('seenOn', event.target.value)}
						aria-invalid={form.errors.seenOn !== undefined}
					/>
					{form.errors.seenOn && <span className="error">{form.errors.seenOn}</span>}
				</label>
				<label>
					Notes
					<textarea
						rows={6}
						placeholder="Where you stood, how it looked, who was with you"
						value={form.data.notes}
						onChange={event => form.setData('notes', event.target.value)}
						aria-invalid={form.errors.notes !== undefined}
					/>
					{form.errors.notes && <span className="error">{form.errors.notes}</span>}
				</label>
				<div className="actions">
					<button type="submit" className="button" disabled={form.processing}>
						Save
					</button>
					<Link href={`/stars/${star.id}`}>Cancel</Link>
				</div>
			</form>
		</>
	);
}
