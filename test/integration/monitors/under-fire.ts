import { Clock } from '#config';
import { NetdataMonitor } from '../../../libs/collector/src/monitors/netdata/netdata-monitor.ts';
import { machineAt, never } from './machine.ts';

/** What the process that runs only the monitor reports: how much it grew, and how the healthy machines fared. */
export interface UnderFire {
  readonly beforeBytes: number;
  readonly peakBytes: number;
  readonly healthyMs: readonly number[];
  readonly hostileReasons: readonly (string | null)[];
}

interface Order {
  readonly hostile: readonly string[];
  readonly healthy: readonly string[];
  readonly rounds: number;
}

async function run({ hostile, healthy, rounds }: Order): Promise<UnderFire> {
  const monitor = new NetdataMonitor(new Clock());
  const limits = { timeoutMs: 3000, signal: never };
  const probe = (url: string, place: number) => monitor.probe(machineAt(url, place), limits);
  for (let warm = 0; warm < 20; warm++) await Promise.all(healthy.map(probe));
  const beforeBytes = process.memoryUsage.rss();
  let peakBytes = beforeBytes;
  const watch = setInterval(() => (peakBytes = Math.max(peakBytes, process.memoryUsage.rss())), 10);
  const healthyMs: number[] = [];
  const hostileReasons: (string | null)[] = [];
  for (let round = 0; round < rounds; round++) {
    const bad = hostile.map((url, place) => probe(url, 1000 + place));
    const good = await Promise.all(healthy.map(probe));
    healthyMs.push(...good.map(result => (result.reason === null ? result.latencyMs : Number.MAX_SAFE_INTEGER)));
    hostileReasons.push(...(await Promise.all(bad)).map(result => result.reason));
  }
  clearInterval(watch);
  await monitor.close();
  return { beforeBytes, peakBytes, healthyMs, hostileReasons };
}

process.once('message', (order: Order) => void run(order).then(result => process.send?.(result, () => process.disconnect())));
