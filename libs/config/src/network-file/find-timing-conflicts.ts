import { durationOr, formatDuration } from '../duration.ts';
import type { MonitorKind } from '../monitor-kind.types.ts';
import type { Checked, Conflict } from '../validation/check-shape.ts';
import { timingOf } from './monitor-defaults.ts';
import type { MachineShape, MonitorShape } from './network-file.shape.ts';
import { selectorsOf } from './selection.ts';

type Machine = Checked<MachineShape>;
type Monitor = Checked<MonitorShape>;

/** Checks that would still run when the next one is due: by the timeout of a monitor, or by that of a machine's agent. */
export function findTimingConflicts(
  monitors: readonly Monitor[],
  machines: readonly Machine[],
  kinds: readonly MonitorKind[],
): Conflict[] {
  const shortestFor = shortestIntervals(monitors, kinds);
  return [
    ...monitors.flatMap(monitorConflicts),
    ...machines.flatMap((machine, index) => machineConflicts(machine, index, shortestFor)),
  ];
}

function monitorConflicts(monitor: Monitor, index: number): Conflict[] {
  const { intervalMs, timeoutMs } = timingOf(monitor);
  if (timeoutMs <= intervalMs) return [];
  return [{ path: ['monitors', index, 'timeout'], message: longerThan(intervalMs), restsOn: ['monitors', index] }];
}

/** A machine's own timeout holds for its agent, whichever monitor reads it. */
function machineConflicts(machine: Machine, index: number, shortestFor: (machine: Machine) => number): Conflict[] {
  const shortestMs = shortestFor(machine);
  if (durationOr(machine.timeout, 0) <= shortestMs) return [];
  return [{ path: ['machines', index, 'timeout'], message: longerThan(shortestMs), restsOn: ['monitors'] }];
}

/**
 * How often the quickest of the monitors that read the agent of a machine does; infinitely seldom when none does. A kind
 * that no monitor is of runs by itself.
 */
function shortestIntervals(monitors: readonly Monitor[], kinds: readonly MonitorKind[]): (machine: Machine) => number {
  const reading = kinds
    .filter(({ gives, needs }) => gives === 'metrics' && needs === 'netdata')
    .map(({ kind }) => kind);
  const named = new Set(monitors.map(({ kind }) => kind));
  const byThemselves = reading.filter(kind => !named.has(kind)).map((kind): Monitor => ({ kind }));
  let forAll = Infinity;
  const bySelector = new Map<string, number>();
  for (const monitor of [...monitors, ...byThemselves]) {
    if (!reading.includes(monitor.kind ?? '')) continue;
    const { intervalMs } = timingOf(monitor);
    const { on = [] } = monitor;
    if (on.length === 0) forAll = Math.min(forAll, intervalMs);
    for (const selector of on) bySelector.set(selector, Math.min(bySelector.get(selector) ?? Infinity, intervalMs));
  }
  return machine => Math.min(forAll, ...selectorsOf(machine).map(selector => bySelector.get(selector) ?? Infinity));
}

function longerThan(intervalMs: number): string {
  return `is longer than the interval, ${formatDuration(intervalMs)}: a check would still run when the next one is due`;
}
