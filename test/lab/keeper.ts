/**
 * The child process that stands beside each cluster: `keeper.ts NAME SUBNET DISK AGENTS DIRECTORY`. It is the made-up
 * machines, and it outlives the test: when the test process is gone, however it died, it removes the cluster from the
 * host.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FakeMachine, runMachines } from './fake-machines.ts';
import { agentNames } from './names.ts';
import { removeCluster } from './network.ts';

const [name = '', subnet = '', disk = '', agents = '', directory = ''] = process.argv.slice(2);

// Its group is sent what a terminal sends to a test; cleaning up is what it is here for.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('message', () => process.exit(0));
process.on('disconnect', () => {
  void removeCluster(name, subnet).finally(() => process.exit(0));
});

writeFileSync(join(directory, 'keeper.pid'), String(process.pid));
const indexes = Array.from({ length: Number(agents) }, (_, at) => at + 1);
runMachines(indexes.map(index => new FakeMachine(index, agentNames(name, subnet, index).directory, disk)));
process.send?.('ready');
