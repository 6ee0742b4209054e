import { type LiveBatch } from '../list/live-batcher.ts';
import { RowStore } from '../list/row-store.ts';
import { withNewerState } from '../list/state-row.ts';
import { changesOf, type MachineRow, mergeMachineRow } from '../machines/machine-row.ts';
import type { ServiceRow } from '../services/service-row.ts';

/** What is known of one network. */
export interface NetworkStores {
  readonly machines: RowStore<MachineRow>;
  readonly services: RowStore<ServiceRow>;
}

/** Stores that know of nothing yet. */
export function createStores(): NetworkStores {
  return { machines: new RowStore(mergeMachineRow), services: new RowStore<ServiceRow>(withNewerState) };
}

/** One update of the page: machines have states and values, services states only. */
export function applyBatch({ machines, services }: NetworkStores, { verdicts, values }: LiveBatch): void {
  const of = (kind: 'machine' | 'service') => verdicts.filter(verdict => verdict.kind === kind);
  machines.apply(of('machine'), changesOf(values));
  services.apply(of('service'));
}
