import {randomUUID} from 'node:crypto';
import {mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';

export type Photos = {
	/** Gives the name under which the photo was stored. */
	save(photo: Buffer): Promise<string>;
	read(name: string): Promise<Buffer>;
	/** Does nothing for `''`. */
	delete(name: string): Promise<void>;
};

/** The first bytes of each kind of file, in hexadecimal digits. */
const kinds = [
	{extension: '.jpg', start: /^ffd8ff/},
	{extension: '.png', start: /^89504e470d0a1a0a/},
	{extension: '.webp', start: /^52494646.{8}57454250/},
];

/** Looks at the content, since the sender can write any name and type. Gives `undefined` for a file that is no picture. */
export function findExtension(photo: Buffer): string | undefined {
	const start = photo.toString('hex', 0, 12);
	return kinds.find(kind => kind.start.test(start))?.extension;
}

/** Keeps photos in a directory, under names of our own: the sender's name never gets near the file system. */
export function openPhotos(directory: string): Photos {
	return {
		async save(photo) {
			const name = `${randomUUID()}${findExtension(photo)}`;
			await mkdir(directory, {recursive: true});
			await writeFile(path.join(directory, name), photo);
			return name;
		},
		read: name => readFile(path.join(directory, name)),
		async delete(name) {
			if (name !== '') {
				await rm(path.join(directory, name), {force: true});
			}
		},
	};
}
