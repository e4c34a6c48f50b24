import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';

/** How many of the objects are still held by something, after garbage was collected. */
export async function countKept(references: ReadonlyArray<WeakRef<object>>): Promise<number> {
	// What a reference has given out stays until the end of the job.
	await new Promise(resolve => setTimeout(resolve, 0));
	setFlagsFromString('--expose-gc');
	runInNewContext('gc')();
	return references.filter(reference => reference.deref() !== undefined).length;
}
