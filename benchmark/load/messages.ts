/** One request as it goes over the wire, and the status that it must be answered with. */
export type LoadRequest = {text: string; status: number};

/** The generator sends the requests in turn, for a time or for a number of answers. */
export type Load = {
	port: number;
	requests: LoadRequest[];
	connections: number;
	limit: {seconds: number} | {answers: number};
};

export type LoadResult = {
	answers: number;
	seconds: number;
	/** Share of the time in which the generator itself was busy: near 1 it limits what it measures. */
	busy: number;
};
