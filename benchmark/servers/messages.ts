/** The benchmark asks a server process for its CPU time or its heap. */
export type Question = 'cpu' | 'heap';

/** A server process answers with its port once it listens, later with CPU time in microseconds or heap in bytes. */
export type Answer = {port: number} | {value: number};
