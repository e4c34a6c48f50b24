import {randomUUID} from 'node:crypto';
import {mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';

export type Photos = {
	/** Gives the name under which it was stored. */
	save(photo: Buffer): Promise<string>;
	read(name: string): Promise<Buffer>;
	/** Does nothing for `''`. */
	delete(name: string): Promise<void>;
};

/** How each kind of file begins, in hexadecimal digits. */
const kinds = [
	{extension: '.jpg', start: /^ffd8ff/},
	{extension: '.png', start: /^89504e470d0a1a0a/},
	{extension: '.webp', start: /^52494646.{8}57454250/},
];

/** By its content, since name and type of an upload are whatever its sender says. `undefined` for what is no picture. */
export function findExtension(photo: Buffer): string | undefined {
	const start = photo.toString('hex', 0, 12);
	return kinds.find(kind => kind.start.test(start))?.extension;
}

/** Photos in a directory, under names of our own: nothing of the sender's name gets near the file system. */
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
