/** Measures the package against Koa without it and against other adapters: see README.md. */
import {readSettings, type Settings} from './command-line.ts';
import {compareServers} from './compare-servers.ts';
import {LoadGenerator} from './load-generator.ts';
import {measureManifest} from './manifest.ts';
import {withManifestFile} from './manifest-file.ts';
import {measureMemory} from './memory.ts';
import {peerScenarios} from './peer-scenarios.ts';
import {measurePeers} from './peers.ts';
import {reportScenario} from './report.ts';
import {scenarios} from './scenarios.ts';
import {measureWalk} from './walk.ts';

const namesOf = (list: readonly {name: string}[]): string[] => list.map(({name}) => name);

const names = [...namesOf(scenarios), 'walk', 'manifest', 'memory', 'peers', ...namesOf(peerScenarios)];
/** An application of ordinary size has about so many entries. */
const manifestEntries = 200;

const runAll = async (
	{only, rounds, seconds}: Settings,
	manifest: string,
	generator: LoadGenerator,
): Promise<string[]> => {
	const isWanted = (name: string): boolean => only === undefined || only === name;
	const missed: string[] = [];
	for (const scenario of scenarios.filter(({name}) => isWanted(name))) {
		const samples = await compareServers(scenario, manifest, generator, {rounds, seconds});
		if (!reportScenario(scenario, samples)) {
			missed.push(scenario.name);
		}
	}

	if (isWanted('walk') && !measureWalk()) {
		missed.push('walk');
	}

	if (isWanted('manifest') && !(await measureManifest())) {
		missed.push('manifest');
	}

	if (isWanted('memory') && !(await measureMemory(manifest, generator))) {
		missed.push('memory');
	}

	const peers = peerScenarios.filter(({name}) => isWanted('peers') || isWanted(name));
	return [...missed, ...(await measurePeers(peers, manifest, generator, {rounds, seconds}))];
};

const settings = readSettings(names);
const generator = new LoadGenerator();
try {
	console.log(`Node ${process.version}, rounds: ${settings.rounds}, seconds: ${settings.seconds}`);
	const missed = await withManifestFile(manifestEntries, async manifest => runAll(settings, manifest, generator));
	if (missed.length > 0) {
		console.log(`\nMissed: ${missed.join(', ')}`);
		process.exitCode = settings.check ? 1 : 0;
	}
} finally {
	await generator.stop();
}
