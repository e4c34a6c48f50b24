/** What the benchmark asks a server process. */
export type Question = 'cpu' | 'heap';

/** What a server process answers: its port once it listens, CPU time in microseconds, heap in bytes. */
export type Answer = {port: number} | {value: number};
