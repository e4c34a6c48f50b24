import {limitTime} from '../support/time-limit.ts';

/** What a lookout looks at. None of it rejects. */
export interface Lookable {
	/** Whether a dev server is known, running or gone. */
	readonly hasDevServer: boolean;
	/** Whether there is anything to look at beside the hot file. */
	readonly hasSource: boolean;
	/** Reads the hot file, at once. */
	readHotFile(environment: string | undefined): void;
	/** Looks for a new build, and whether the dev server is still there. */
	look(environment: string | undefined): Promise<void>;
}

/** Milliseconds between two looks at the manifest and the hot file. */
const lookInterval = 1000;
/** The same for the hot file while a dev server runs: the next document must find one that has moved. */
const developmentInterval = 100;
/** Milliseconds without a look after which a request waits for one: the snapshot may name files that were deleted. */
const idleLimit = 5000;
/** Milliseconds that a request waits for such a look at most. */
const waitLimit = 1000;

/**
 * Decides when to look for a new build, and which requests wait for it.
 *
 * Traffic triggers the looks. We don't use a timer, because it would run for servers that nobody asks, nor `fs.watch`,
 * which misses a switched symlink and any network file system.
 */
export class Lookout {
	readonly #target: Lookable;
	#lookedAt: number;
	#hotFileReadAt: number;
	/** The look that is under way. */
	#look: Promise<void> | undefined;
	/** Whether requests wait for the look that is under way. */
	#isWaitedFor = false;
	/** Whether the target knows of a build, or why there is none. */
	#isInformed: boolean;

	/** A target that was looked at when it was made is not looked at again by the first request. */
	constructor(target: Lookable, {isInformed, wasLookedAt}: {isInformed: boolean; wasLookedAt: boolean}) {
		this.#target = target;
		this.#isInformed = isInformed;
		this.#lookedAt = wasLookedAt ? performance.now() : Number.NEGATIVE_INFINITY;
		this.#hotFileReadAt = this.#lookedAt;
	}

	/** Starts a look where one is due. Gives the milliseconds since the last one. */
	lookIfDue(environment: string | undefined): number {
		const target = this.#target;
		const now = performance.now();
		const idle = now - this.#lookedAt;
		const isDue = idle >= lookInterval;
		if (isDue || (target.hasDevServer && now - this.#hotFileReadAt >= developmentInterval)) {
			this.#hotFileReadAt = now;
			target.readHotFile(environment);
		}

		if (!isDue) return idle;
		this.#lookedAt = now;
		if (!target.hasSource && !target.hasDevServer) return idle;
		this.#look ??= target.look(environment).then(() => {
			this.#look = undefined;
			this.#isWaitedFor = false;
			this.#isInformed = true;
		});
		return idle;
	}

	/**
	 * Starts a look where one is due. Gives a promise where the request has to wait for it, which is rare: for the first
	 * answer of a server that has the manifest, after some idle seconds, since a deploy may have come meanwhile, and in
	 * development. We don't let requests wait for every look, because each would cost one of them its time.
	 */
	watch(environment: string | undefined): Promise<unknown> | undefined {
		const idle = this.lookIfDue(environment);
		if (!this.#look) return undefined;
		if (!this.#isInformed) return this.#look;
		this.#isWaitedFor ||= idle >= idleLimit || this.#target.hasDevServer;
		return this.#isWaitedFor ? this.#waitFor(this.#look) : undefined;
	}

	/** A look that hangs holds up the requests of one `waitLimit`, and not every request until it ends. */
	async #waitFor(look: Promise<void>): Promise<void> {
		await limitTime(look, waitLimit);
		this.#isWaitedFor = false;
	}
}
