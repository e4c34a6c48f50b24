/** The package comes without types. These are for the part that we use. */
declare module '@koa/multer' {
	import type {Middleware} from 'koa';

	type Limits = {readonly fileSize?: number; readonly files?: number; readonly fields?: number};

	export default function multer(options: {readonly limits: Limits}): {
		/** Takes one file, from the field of this name, into memory. */
		single(field: string): Middleware;
	};
}
