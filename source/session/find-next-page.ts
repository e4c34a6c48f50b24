import type {Context} from 'koa';
import type {Visit} from '../protocol/visit.ts';
import {NextPageStore} from './next-page-store.ts';

/** A request that may have a store of its orders for the next page. */
interface StoreHolder {
	readonly ctx: Context & {session?: unknown};
	readonly visit: Visit;
	nextPage: NextPageStore | undefined;
}

/** Gives the request's orders for the next page, to add to them. */
export function openNextPage(holder: StoreHolder): NextPageStore {
	holder.nextPage ??= new NextPageStore(holder.ctx, holder.visit);
	return holder.nextPage;
}

/** Gives them where there may be any. A request without a session and without orders is spared the store. */
export function findNextPage(holder: StoreHolder): NextPageStore | undefined {
	return holder.nextPage || holder.ctx.session !== undefined ? openNextPage(holder) : undefined;
}
