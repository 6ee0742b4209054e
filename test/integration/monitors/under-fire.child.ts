import { registerHooks } from 'node:module';
import type { StoredMachine } from '#storage';

/** What the process that runs only the monitor reports: how much it grew, and how the healthy machines fared. */
export interface UnderFire {
  readonly restingBytes: number;
  readonly peakBytes: number;
  readonly healthyReasons: readonly (string | null)[];
  readonly hostileReasons: readonly (string | null)[];
}

export interface Order {
  readonly hostile: readonly string[];
  readonly healthy: readonly string[];
  readonly rounds: number;
}

// Node strips types but compiles no decorators: of #config the monitor needs only what has none.
registerHooks({
  resolve: (name, context, next) =>
    next(name === '#config' ? new URL('./config-without-decorators.ts', import.meta.url).href : name, context),
});

async function run({ hostile, healthy, rounds }: Order): Promise<UnderFire> {
  const { Clock } = await import('../../../libs/config/src/clock.ts');
  const { NetdataMonitor } = await import('../../../libs/collector/src/monitors/netdata/netdata-monitor.ts');
  const { machineAt, never } = await import('./machine.ts');
  const monitor = new NetdataMonitor({ clock: new Clock(), accessOf: () => null });
  const probe = (url: string, place: number) =>
    monitor.probe(machineAt(url, place) satisfies StoredMachine, { timeoutMs: 3000, signal: never });
  for (let round = 0; round < 20; round++) await Promise.all(healthy.map(probe));
  const restingBytes = process.memoryUsage.rss();
  const good = [];
  const hostileReasons = [];
  for (let round = 0; round < rounds; round++) {
    const bad = hostile.map((url, place) => probe(url, 1000 + place));
    good.push(...(await Promise.all(healthy.map(probe))));
    hostileReasons.push(...(await Promise.all(bad)).map(result => result.reason));
  }
  await monitor.close();
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  return {
    restingBytes,
    peakBytes,
    hostileReasons,
    healthyReasons: good.map(({ reason }) => reason),
  };
}

process.once(
  'message',
  (order: Order) => void run(order).then(result => process.send?.(result, () => process.disconnect())),
);
