import { formatDuration } from '../duration.ts';
import { MONITOR_KINDS, MONITOR_NEEDS, type MonitorKind } from '../network-file.types.ts';
import type { Checked, Conflict } from '../validation/check-shape.ts';
import { closestName } from '../validation/closest-name.ts';
import { findDuplicates } from '../validation/find-duplicates.ts';
import { showValue } from '../validation/show.ts';
import { timingOf } from './monitor-defaults.ts';
import type { MachineShape, MonitorShape } from './network-file.shape.ts';
import { hasWhatNeeds, selectorsOf } from './selection.ts';

type Machines = readonly Checked<MachineShape>[];
type Selected = ReadonlyMap<string, Machines>;
type Monitor = Checked<MonitorShape>;

/** Names to look for the one that was meant: in a larger network a search for each slip would take too long. */
const MAX_CANDIDATES = 300;

/** Monitors that would look at nothing, or could not do what they say. */
export function findMonitorConflicts(monitors: readonly Monitor[], machines: Machines): Conflict[] {
  const selected = machinesBySelector(machines);
  return [
    ...findDuplicates('monitors', monitors, 'name'),
    ...monitors.flatMap(nameConflicts),
    ...monitors.flatMap(timingConflicts),
    ...monitors.flatMap((monitor, index) => selectorConflicts(monitor, index, selected)),
  ];
}

function machinesBySelector(machines: Machines): Selected {
  const selected = new Map<string, Checked<MachineShape>[]>();
  for (const machine of machines) {
    for (const selector of selectorsOf(machine)) {
      const others = selected.get(selector);
      if (others === undefined) selected.set(selector, [machine]);
      else others.push(machine);
    }
  }
  return selected;
}

/** A kind that no monitor of the file is of runs by itself, under the name of the kind. */
function nameConflicts({ name, kind }: Monitor, index: number): Conflict[] {
  const isTaken = kind !== undefined && name !== kind && MONITOR_KINDS.some(other => other === name);
  if (!isTaken) return [];
  return [
    {
      path: ['monitors', index, 'name'],
      message: `${showValue(name)} is kept for monitors of that kind; choose another name`,
    },
  ];
}

function timingConflicts(monitor: Monitor, index: number): Conflict[] {
  const { intervalMs, timeoutMs } = timingOf(monitor);
  if (timeoutMs <= intervalMs) return [];
  const message = `is longer than the interval, ${formatDuration(intervalMs)}: a check would still run when the next one is due`;
  return [{ path: ['monitors', index, 'timeout'], message, restsOn: ['monitors', index] }];
}

function selectorConflicts({ kind, on }: Monitor, index: number, selected: Selected): Conflict[] {
  return (on ?? []).flatMap((selector, position) => {
    const message = selectorProblem(selector, kind, selected);
    return message === null ? [] : [{ path: ['monitors', index, 'on', position], message, restsOn: ['machines'] }];
  });
}

/** Why a selector of `on` selects nothing that a monitor of this kind can look at. `null`: it selects something. */
function selectorProblem(selector: string, kind: MonitorKind | undefined, selected: Selected): string | null {
  const machines = selected.get(selector);
  if (machines === undefined) {
    const meant = closestName(selector, [...selected.keys()].slice(0, MAX_CANDIDATES));
    const hint = meant === null ? ', neither as name nor as label=value' : `; did you mean ${meant}?`;
    return `${showValue(selector)} matches no machine${hint}`;
  }
  if (kind === undefined || machines.some(machine => hasWhatNeeds(kind, machine))) return null;
  return `${showValue(selector)} matches only machines without ${MONITOR_NEEDS[kind]}, which a ${kind} monitor needs`;
}
