import { metricsMonitorOf } from '#config';
import type { StoredMachine } from '#storage';
import type { CollectorParts } from './collector-parts.ts';
import type { MetricsMonitor } from './monitors/monitor.ts';

/** The monitor that gives a machine its values, as the network file says it; `null`: none does, or not while it is paused. */
export async function findMetricsMonitor(
  { networkFile, monitors, paused }: Pick<CollectorParts, 'networkFile' | 'monitors' | 'paused'>,
  machine: StoredMachine,
): Promise<MetricsMonitor | null> {
  const file = await networkFile(machine.network);
  const entry = file === null ? null : metricsMonitorOf(file, machine);
  if ((await paused(machine.network)).has(machine.machineId)) return null;
  return entry === null ? null : monitors.metricsOf(entry.kind);
}
