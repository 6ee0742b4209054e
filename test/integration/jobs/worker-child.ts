/**
 * A worker process that takes one job and never finishes it, to be killed in the middle of it:
 * `worker-child.ts <kind> <url> <prefix>`. Writes a line when it works, and the id of each job that it starts.
 */
import { openQueues, WorkerHost } from '#jobs';
import { MemoryLog } from './memory-log.ts';
import { backendOf } from './open-backend.ts';

const [kind, url = '', prefix = ''] = process.argv.slice(3);
const log = new MemoryLog();
const { backend } = backendOf(kind === 'redis' ? 'redis' : 'postgres', url);
const queues = await openQueues({ backend, prefix, log });
const forEver = (_payload: unknown, context: { readonly id: string }) => {
  process.stdout.write(`started ${context.id}\n`);
  return new Promise<void>(() => {});
};
await new WorkerHost(queues, { 'window.collect': forEver }, { label: 'child', log }).start();
process.stdout.write('ready\n');
