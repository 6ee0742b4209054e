import type { StoredMachine } from '#storage';

/** Machines per job: few enough that a lost job is cheap, enough that a job's own cost does not matter. */
const SHARD_SIZE = 100;

/** Machines that one job looks after. All of them have the same `via`. */
export interface Shard {
  readonly shard: number;
  readonly via: string | null;
  readonly machineIds: readonly number[];
}

/** Cuts machines into shards, in the order of their ids, so that the same machines always give the same shards. */
export function shardsOf(machines: readonly Pick<StoredMachine, 'machineId' | 'via'>[], size = SHARD_SIZE): Shard[] {
  const byVia = Map.groupBy(machines, machine => machine.via);
  const vias = [...byVia.keys()].toSorted((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1)); // the same order in every locale
  const parts = vias.flatMap(via => {
    const ids = (byVia.get(via) ?? []).map(machine => machine.machineId).toSorted((a, b) => a - b);
    const count = Math.ceil(ids.length / size);
    return Array.from({ length: count }, (_, part) => ({ via, machineIds: ids.slice(part * size, (part + 1) * size) }));
  });
  return parts.map((part, shard) => ({ shard, ...part }));
}
