/** Whether a process of this machine runs. Its number may have gone to another one meanwhile. */
export function isProcessRunning(id: number): boolean {
	try {
		// Sends nothing: 0 asks whether a signal could be sent.
		return process.kill(id, 0);
	} catch (error) {
		// `EPERM` is a process of another user's.
		return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
	}
}
