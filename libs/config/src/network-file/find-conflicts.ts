import type { MonitorKind } from '../monitor-kind.types.ts';
import type { Checked, Conflict } from '../validation/check-shape.ts';
import { findDuplicates } from '../validation/find-duplicates.ts';
import { findMachineConflicts } from './find-machine-conflicts.ts';
import { findMonitorConflicts } from './find-monitor-conflicts.ts';
import type { NetworkFileShape, QuorumShape, RuleShape } from './network-file.shape.ts';
import { quorumOf } from './quorum-of.ts';

/** What is wrong between the parts of a network file that are fine by themselves. */
export function findConflicts(file: Checked<NetworkFileShape>, kinds: readonly MonitorKind[]): Conflict[] {
  return [
    ...findMachineConflicts(file.machines ?? []),
    ...findMonitorConflicts(file.monitors ?? [], file.machines ?? [], kinds),
    ...findDuplicates('rules', file.rules, 'name'),
    ...(file.rules ?? []).flatMap(ruleConflicts),
    ...quorumConflicts(file.quorum ?? {}),
    ...findDuplicates('signers', file.signers, 'name'),
    ...findDuplicates('nodes', file.nodes, 'node_id'),
    ...signingConflicts(file),
  ];
}

function ruleConflicts({ above, below }: Checked<RuleShape>, index: number): Conflict[] {
  if ((above === undefined) !== (below === undefined)) return [];
  const message =
    above === undefined ? 'has no threshold: give it above or below' : 'has above and below: keep one of them';
  return [{ path: ['rules', index], message, restsOn: ['rules', index] }];
}

function quorumConflicts(quorum: Checked<QuorumShape>): Conflict[] {
  const { observers, agree } = quorumOf(quorum);
  if (agree <= observers) return [];
  return [
    {
      path: ['quorum', 'agree'],
      message: `${agree} can never agree: there are ${observers} observers`,
      restsOn: ['quorum'],
    },
  ];
}

function signingConflicts({ issued_at, expires, threshold, signers }: Checked<NetworkFileShape>): Conflict[] {
  const conflicts: Conflict[] = [];
  if (issued_at !== undefined && expires !== undefined && Date.parse(expires) <= Date.parse(issued_at)) {
    conflicts.push({ path: ['expires'], message: 'must be after issued_at' });
  }
  const signerCount = signers?.length ?? 0;
  if (threshold !== undefined && threshold > signerCount) {
    conflicts.push({
      path: ['threshold'],
      message: `${threshold} can never sign: there are ${signerCount} signers`,
      restsOn: ['signers'],
    });
  }
  return conflicts;
}
