import type { MonitorKind } from '../monitor-kind.types.ts';
import type { Checked, Conflict } from '../validation/check-shape.ts';
import { closestName } from '../validation/closest-name.ts';
import { showValue } from '../validation/show.ts';
import type { MachineShape, MonitorShape } from './network-file.shape.ts';
import { hasWhatNeeds, selectorsOf } from './selection.ts';

type Machines = readonly Checked<MachineShape>[];
type Selected = ReadonlyMap<string, Machines>;
type Monitor = Checked<MonitorShape>;

/** Names to look for the one that was meant: in a larger network a search for each slip would take too long. */
const MAX_CANDIDATES = 300;

/** Entries of `on` that select nothing, or nothing that a monitor of the kind can look at. */
export function findSelectorConflicts(
  monitors: readonly Monitor[],
  machines: Machines,
  kindOf: (monitor: Monitor) => MonitorKind | undefined,
): Conflict[] {
  const selected = machinesBySelector(machines);
  return monitors.flatMap((monitor, index) =>
    (monitor.on ?? []).flatMap((selector, position) => {
      const message = selectorProblem(selector, kindOf(monitor), selected);
      return message === null ? [] : [{ path: ['monitors', index, 'on', position], message, restsOn: ['machines'] }];
    }),
  );
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

/** Why a selector of `on` selects nothing that a monitor of this kind can look at. `null`: it selects something. */
function selectorProblem(selector: string, kind: MonitorKind | undefined, selected: Selected): string | null {
  const machines = selected.get(selector);
  if (machines === undefined) {
    const meant = closestName(selector, [...selected.keys()].slice(0, MAX_CANDIDATES));
    const hint = meant === null ? ', neither as name nor as label=value' : `; did you mean ${meant}?`;
    return `${showValue(selector)} matches no machine${hint}`;
  }
  if (kind === undefined || machines.some(machine => hasWhatNeeds(kind.needs, machine))) return null;
  return `${showValue(selector)} matches only machines without ${kind.needs}, which a ${kind.kind} monitor needs`;
}
