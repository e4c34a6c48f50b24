import {z} from 'zod';
import type {Queries} from './database.ts';
import {findExtension} from './photos.ts';

const maximumNotesLength = 500;
const megabyte = 1024 * 1024;

export const maximumPhotoSize = 8 * megabyte;
export const tooLarge = `The photo may have up to ${maximumPhotoSize / megabyte} MB.`;

/** Checks an entry. `exceptId` is the id of an entry that is changed: it may keep its night. */
export function createEntrySchema({stars, diary}: Pick<Queries, 'stars' | 'diary'>, exceptId = 0) {
	const meeting = z.object({
		starId: z.string().refine(id => stars.get(id) !== undefined, 'Choose the star.'),
		night: z.iso.date('Choose the night.').refine(night => night <= tomorrow(), 'That night is still to come.'),
	});

	return meeting
		.extend({
			notes: z
				.string()
				.trim()
				.min(1, 'Write a sentence, a short one will do.')
				.max(maximumNotesLength, {
					error: ({input}) =>
						`The notes have ${String(input).length} characters, and there is room for ${maximumNotesLength}.`,
				}),
		})
		.refine(({starId, night}) => !diary.isTaken(starId, night, exceptId), {
			path: ['night'],
			error: 'The diary has an entry for this star in that night.',
			// Check this also while there are no notes yet.
			when: ({value}) => meeting.safeParse(value).success,
		});
}

export const favouriteSchema = z.object({isFavourite: z.boolean()});

export const photoSchema = z.object({
	photo: z
		.instanceof(Buffer, {error: 'Choose a photo first.'})
		.refine(photo => findExtension(photo) !== undefined, 'This is no photo: JPEG, PNG or WebP, please.'),
});

export const signInSchema = z.object({
	email: z.email('This is not an email address.'),
	password: z.string().min(1, 'Write the password.'),
});

/** East of Greenwich, today may be a day ahead of this clock. */
function tomorrow() {
	return new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}
