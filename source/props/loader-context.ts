import type {ServerResponse} from 'node:http';
import type {Context} from 'koa';
import type {LoaderContext, PropContext} from '../types.ts';

/** Given to every loader of a page. The signal is made when a loader asks for it: most never do. */
export class RequestContext implements LoaderContext {
	readonly ctx: Context;
	#signal: AbortSignal | undefined;

	constructor(ctx: Context) {
		this.ctx = ctx;
	}

	get signal(): AbortSignal {
		this.#signal ??= createDisconnectSignal(this.ctx.res);
		return this.#signal;
	}
}

/** Given to objects that provide props: the same, and where they stand. */
export class ProviderContext implements PropContext {
	readonly component: string;
	readonly path: string;
	readonly props: object;
	readonly #request: LoaderContext;

	constructor(request: LoaderContext, component: string, path: string, props: object) {
		this.#request = request;
		this.component = component;
		this.path = path;
		this.props = props;
	}

	get ctx(): Context {
		return this.#request.ctx;
	}

	get signal(): AbortSignal {
		return this.#request.signal;
	}
}

function createDisconnectSignal(response: ServerResponse): AbortSignal {
	const controller = new AbortController();
	// A response closes after it is sent, too.
	const abort = () => {
		if (!response.writableFinished) controller.abort();
	};

	if (response.closed || response.destroyed) abort();
	else response.once('close', abort);
	return controller.signal;
}
