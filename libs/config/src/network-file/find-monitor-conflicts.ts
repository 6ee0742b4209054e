import { formatDuration } from '../duration.ts';
import { MONITOR_KINDS, MONITOR_NEEDS, type MonitorKind } from '../network-file.types.ts';
import type { Checked, Conflict, Path } from '../validation/check-shape.ts';
import { closestName } from '../validation/closest-name.ts';
import { findDuplicates } from '../validation/find-duplicates.ts';
import { showValue } from '../validation/show.ts';
import { timingOf } from './monitor-defaults.ts';
import { hasWhatNeeds, isNamedBy } from './monitors-of.ts';
import type { MachineShape, MonitorShape } from './network-file.shape.ts';

type Machines = readonly Checked<MachineShape>[];
type Monitor = Checked<MonitorShape>;

/** Monitors that would look at nothing, or could not do what they say. */
export function findMonitorConflicts(monitors: readonly Monitor[], machines: Machines): Conflict[] {
  return [
    ...findDuplicates('monitors', monitors, 'name'),
    ...monitors.flatMap(nameConflicts),
    ...monitors.flatMap(timingConflicts),
    ...monitors.flatMap(({ kind, on }, index) =>
      (on ?? []).flatMap((selector, position) => {
        const message = selectorProblem(selector, kind, machines);
        const path: Path = ['monitors', index, 'on', position];
        return message === null ? [] : [{ path, message, restsOn: ['machines'] }];
      }),
    ),
  ];
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

/** Why a selector of `on` selects nothing that a monitor of this kind can look at. `null`: it selects something. */
function selectorProblem(selector: string, kind: MonitorKind | undefined, machines: Machines): string | null {
  const selected = machines.filter(machine => isNamedBy([selector], machine));
  if (selected.length === 0) {
    const meant = closestName(
      selector,
      machines.flatMap(({ name }) => name ?? []),
    );
    return `${showValue(selector)} matches no machine${meant === null ? ', neither as name nor as label=value' : `; did you mean ${meant}?`}`;
  }
  if (kind === undefined || selected.some(machine => hasWhatNeeds(kind, machine))) return null;
  return `${showValue(selector)} matches only machines without ${MONITOR_NEEDS[kind]}, which a ${kind} monitor needs`;
}
