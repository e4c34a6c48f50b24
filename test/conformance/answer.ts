/** One HTTP response as received. */
export type Answer = {status: number; headers: ReadonlyMap<string, string>; body: string};
