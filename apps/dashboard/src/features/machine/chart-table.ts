import type { MetricName, MetricUnit } from '../../api/history-client.ts';
import { messages } from '../../messages/text.ts';
import type { SeriesWish } from '../charts/history-model.ts';

/** A chart of the machine page. */
export interface MachineChart {
  readonly key: string;
  readonly title: string;
  readonly hint: string;
  readonly unit: MetricUnit;
  readonly metrics: readonly MetricName[];
  readonly wishes: readonly SeriesWish[];
  /** Where the axis ends whatever the values are. */
  readonly yMax?: number;
}

const { tile, tileHint, line } = messages.machine;

type Wish = readonly [metric: MetricName, label: string];

function chart(key: keyof typeof tile, unit: MetricUnit, wishes: readonly Wish[]): MachineChart {
  return {
    key,
    title: tile[key],
    hint: tileHint[key],
    unit,
    metrics: wishes.map(([metric]) => metric),
    wishes: wishes.map(([column, label]) => ({ column, label })),
    ...(unit === 'percent' ? { yMax: 100 } : {}),
  };
}

const CPU = chart('cpu', 'percent', [['cpu', tile.cpu]]);
const MEMORY = chart('memory', 'percent', [['memory', tile.memory]]);
const SWAP = chart('swap', 'percent', [['swap', tile.swap]]);
const DISK_IO = chart('diskIo', 'bytes_per_second', [
  ['diskRead', line.read],
  ['diskWrite', line.write],
]);
const NET = chart('net', 'bytes_per_second', [
  ['netIn', line.in],
  ['netOut', line.out],
]);
const LOAD = chart('load', 'load', [['load1', tile.load]]);

interface ChartFacts {
  readonly hasSwap: boolean;
  readonly fullestMount: string | null;
}

/** The charts of a machine. One without swap has none of it; the fullest mount is drawn where it is not the root. */
export function chartsOf({ hasSwap, fullestMount }: ChartFacts): MachineChart[] {
  const root: Wish = ['disk', line.root];
  const isRootFullest = fullestMount === null || fullestMount === '/';
  const fullest: Wish = ['diskFullest', fullestMount ?? ''];
  const disk = chart('disk', 'percent', isRootFullest ? [root] : [root, fullest]);
  return [CPU, MEMORY, ...(hasSwap ? [SWAP] : []), disk, DISK_IO, NET, LOAD];
}
