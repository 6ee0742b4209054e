import type { Checked, Conflict } from '../validation/check-shape.ts';
import { findDuplicates } from '../validation/find-duplicates.ts';
import { showValue } from '../validation/show.ts';
import type { MachineShape } from './network-file.shape.ts';

type Machine = Checked<MachineShape>;

/** Machines that cannot be told apart, and machines of which it is not clear how they are watched. */
export function findMachineConflicts(machines: readonly Machine[]): Conflict[] {
  return [
    ...findDuplicates('machines', machines, 'name'),
    ...findDuplicates('machines', machines, 'id'),
    ...machines.flatMap(watchConflicts),
    ...machines.flatMap(agentConflicts),
    ...hostConflicts(machines),
  ];
}

/** A row of a machine has one source, so a machine has one way to be watched. */
function watchConflicts({ netdata, host }: Machine, index: number): Conflict[] {
  if ((netdata === undefined) !== (host !== true)) return [];
  const message =
    netdata === undefined
      ? 'has nothing to be watched by: give it netdata: http://… or host: true'
      : 'has both netdata and host: true; keep one of them';
  return [{ path: ['machines', index], message, restsOn: ['machines', index] }];
}

/** Keys that say how an agent is read, on a machine that has none. */
function agentConflicts(machine: Machine, index: number): Conflict[] {
  if (machine.netdata !== undefined || machine.host !== true) return [];
  return (['auth', 'timeout', 'charts'] as const)
    .filter(key => machine[key] !== undefined)
    .map(key => ({
      path: ['machines', index, key],
      message: 'is about the Netdata agent of a machine, and this one has none: leave it out',
      restsOn: ['machines', index],
    }));
}

/** The host monitor tells about the host of whoever runs it: two machines read by one process would be the same host. */
function hostConflicts(machines: readonly Machine[]): Conflict[] {
  const hosts = machines.flatMap(({ host, via }, index) => (host === true ? [{ via, index }] : []));
  if (hosts.length < 2) return [];
  const readBy = new Map<string, number>();
  return hosts.flatMap(({ via, index }) => {
    const before = via === undefined ? undefined : readBy.get(via);
    if (via !== undefined && before === undefined) {
      readBy.set(via, index);
      return [];
    }
    return [{ path: ['machines', index], message: hostMessage(via, before), restsOn: ['machines', index] }];
  });
}

function hostMessage(via: string | undefined, before: number | undefined): string {
  return before === undefined
    ? 'is one of several with host: true: name the process that runs on it with via'
    : `has host: true via ${showValue(via)} like machines[${before}]: one process knows one host only`;
}
