import { metricsMonitorOf, type Window } from '#config';
import { isStorageOutage, type MetricRow, type StoredMachine } from '#storage';
import type { CollectorParts } from './collector-parts.ts';
import type { WindowReading } from './monitors/monitor.ts';

/** All requests for one machine's window together take at most this long. */
const READ_TIMEOUT_MS = 10_000;

const PAUSED: WindowReading = { reason: 'unobserved', detail: 'it is paused', isPaused: true };

/** What reading one machine came to, and where its values come from. */
export interface Outcome {
  readonly source: MetricRow['source'];
  readonly reading: WindowReading;
}

/**
 * Reads one window of one machine once. A monitor promises not to throw; one that does says nothing about the machine, and
 * harms only its row.
 *
 * @throws when aborted, and when the database is away: both are ours, and the job is tried again.
 */
export async function readMachineWindow(
  parts: CollectorParts,
  machine: StoredMachine,
  window: Window,
  signal: AbortSignal,
): Promise<Outcome> {
  const file = await parts.networkFile(machine.network);
  const entry = file === null ? null : metricsMonitorOf(file, machine);
  if (entry === null)
    return { source: null, reading: { reason: 'no_data', detail: 'nothing in the network file watches it' } };
  if ((await parts.paused(machine.network)).has(machine.machineId)) return { source: null, reading: PAUSED };
  try {
    const monitor = parts.monitors.metricsOf(entry.kind);
    const reading = await monitor.readWindow(machine, window, { timeoutMs: READ_TIMEOUT_MS, signal });
    return { source: monitor.source, reading };
  } catch (error) {
    if (signal.aborted || isStorageOutage(error)) throw error;
    parts.log.error({ error, machine: machine.name, monitor: entry.kind }, 'a monitor failed');
    const detail = error instanceof Error ? error.message : String(error);
    return { source: null, reading: { reason: 'unobserved', detail } };
  }
}
