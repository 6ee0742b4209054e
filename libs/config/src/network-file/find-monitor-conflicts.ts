import type { MonitorKind } from '../monitor-kind.types.ts';
import type { Checked, Conflict } from '../validation/check-shape.ts';
import { findDuplicates } from '../validation/find-duplicates.ts';
import { showValue } from '../validation/show.ts';
import { oneOfProblem } from '../validation/text-problems.ts';
import { findParameterConflicts } from './find-parameter-conflicts.ts';
import { findSelectorConflicts } from './find-selector-conflicts.ts';
import { findTimingConflicts } from './find-timing-conflicts.ts';
import { isService } from './is-service.ts';
import type { MachineShape, MonitorShape } from './network-file.shape.ts';

type Machines = readonly Checked<MachineShape>[];
type Monitor = Checked<MonitorShape>;

/** Monitors that would look at nothing, or could not do what they say. */
export function findMonitorConflicts(
  monitors: readonly Monitor[],
  machines: Machines,
  kinds: readonly MonitorKind[],
): Conflict[] {
  const byName = new Map(kinds.map(kind => [kind.kind, kind]));
  const kindOf = (monitor: Monitor): MonitorKind | undefined => byName.get(monitor.kind ?? '');
  return [
    ...findDuplicates('monitors', monitors, 'name'),
    ...monitors.flatMap((monitor, index) => kindConflicts(monitor, index, kinds)),
    ...monitors.flatMap((monitor, index) => nameConflicts(monitor, index, byName)),
    ...findTimingConflicts(monitors, machines, kinds),
    ...findSelectorConflicts(monitors, machines, kindOf),
    ...findServiceConflicts(monitors, machines, kindOf),
    ...monitors.flatMap((monitor, index) => {
      const kind = kindOf(monitor);
      return kind === undefined ? [] : findParameterConflicts(kind, monitor, ['monitors', index]);
    }),
  ];
}

function kindConflicts({ kind }: Monitor, index: number, kinds: readonly MonitorKind[]): Conflict[] {
  if (kind === undefined) return [];
  const message = oneOfProblem(kinds.map(known => known.kind))(kind);
  if (message === null) return [];
  const hint = '; the kind of a plugin is known when nodeconf.yml lists the plugin';
  return [{ path: ['monitors', index, 'kind'], message: `${message}${hint}` }];
}

/** A kind that gives metrics and that no monitor of the file is of runs by itself, under the name of the kind. */
function nameConflicts({ name, kind }: Monitor, index: number, kinds: ReadonlyMap<string, MonitorKind>): Conflict[] {
  const isTaken = kind !== undefined && name !== kind && kinds.get(name ?? '')?.gives === 'metrics';
  if (!isTaken) return [];
  const message = `${showValue(name)} is kept for monitors of that kind; choose another name`;
  return [{ path: ['monitors', index, 'name'], message }];
}

/** Services and machines are named in the same places. */
function findServiceConflicts(
  monitors: readonly Monitor[],
  machines: Machines,
  kindOf: (monitor: Monitor) => MonitorKind | undefined,
): Conflict[] {
  const indexes = new Map(machines.map(({ name }, index) => [name, index]));
  return monitors.flatMap((monitor, index) => {
    const kind = kindOf(monitor);
    const twin = monitor.name === undefined ? undefined : indexes.get(monitor.name);
    if (kind === undefined || twin === undefined || !isService(kind, monitor.on ?? [])) return [];
    const message = `${showValue(monitor.name)} is the name of machines[${twin}] too: give the service another name`;
    return [{ path: ['monitors', index, 'name'], message, restsOn: ['monitors', index, 'on'] }];
  });
}
