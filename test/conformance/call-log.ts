import type {Context} from 'koa';

/** Carries the number of an exchange to the app, so that exchanges sent at once keep separate logs. */
export const exchangeHeader = 'x-conformance-exchange';

export type CallLog = {calls: string[]; handlerRan: boolean};

/** What the callbacks and handlers of an app recorded, by exchange. */
export class CallLogs {
	readonly #logs = new Map<string, CallLog>();

	get(exchange: string): CallLog {
		const log = this.#logs.get(exchange) ?? {calls: [], handlerRan: false};
		this.#logs.set(exchange, log);
		return log;
	}

	of(ctx: Context): CallLog {
		return this.get(ctx.get(exchangeHeader));
	}
}
