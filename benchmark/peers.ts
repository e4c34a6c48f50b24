import {compareServers, type Effort} from './compare-servers.ts';
import type {LoadGenerator} from './load-generator.ts';
import {checkPeerEquality, WrongAnswerError} from './peer-equality.ts';
import {installPeers, readPeerVersion} from './peer-packages.ts';
import type {PeerScenario} from './peer-scenarios.ts';
import {reportScenario} from './report.ts';

const measurePeer = async (
	{packageName, ...scenario}: PeerScenario,
	manifest: string,
	generator: LoadGenerator,
	effort: Effort,
): Promise<boolean> => {
	const title = `${scenario.title}, against ${packageName} ${readPeerVersion(packageName)}`;
	try {
		const samples = await compareServers(scenario, manifest, generator, effort, checkPeerEquality);
		return reportScenario({...scenario, title}, samples);
	} catch (error) {
		if (!(error instanceof WrongAnswerError)) {
			throw error;
		}

		// A peer that can't do the work has no speed, so it misses no target.
		console.log(`\n${title}\n  not measured, it answers ${error.message}`);
		return true;
	}
};

/** Measures the package against other adapters, and gives the names of the scenarios that missed their target. */
export const measurePeers = async (
	scenarios: readonly PeerScenario[],
	manifest: string,
	generator: LoadGenerator,
	effort: Effort,
): Promise<string[]> => {
	const missed: string[] = [];
	if (scenarios.length > 0) {
		await installPeers();
	}

	for (const scenario of scenarios) {
		if (!(await measurePeer(scenario, manifest, generator, effort))) {
			missed.push(scenario.name);
		}
	}

	return missed;
};
