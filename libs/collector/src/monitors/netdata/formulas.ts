import type { MetricName } from '#config';

/** The charts a row is made of, by the part they play; their ids differ between versions and machines. */
export const CHART_ROLES = ['cpu', 'ram', 'swap', 'rootDisk', 'fullestDisk', 'io', 'net', 'load', 'uptime'] as const;
export type ChartRole = (typeof CHART_ROLES)[number];

/** One instant of one chart: a value for each dimension id. */
export interface Sample {
  readonly ids: readonly string[];
  /** Same order as `ids`. */
  readonly values: readonly (number | null)[];
}

/**
 * A metric out of one instant of a chart, whose numbers begin at `at`; NaN is a number that is missing, and the metric is
 * NaN as soon as anything it needs is missing: half a sum is a wrong value.
 */
export type Derive = (numbers: ArrayLike<number>, at: number) => number;

interface Formula {
  readonly role: ChartRole;
  /** Finds the places of the dimensions once for many instants. */
  readonly over: (ids: readonly string[]) => Derive;
}

const MIB = 1024 * 1024;
const KIB = 1024;
/** A kilobit is 1000 bits. */
const KILOBIT = 125;

/**
 * How each metric comes out of one instant of one chart, the same for a live value and for each second of a window.
 * Netdata's `out` and `OutOctets` are negative. Disk is used / (used + available), as df shows it: the blocks that are
 * reserved for root are neither.
 */
export const FORMULAS: Readonly<Record<MetricName, Formula>> = {
  // `idle` is hidden in /data but present in allmetrics.
  cpu: { role: 'cpu', over: sumOf(id => id !== 'idle') },
  memory: { role: 'ram', over: ids => percent(valueOf(ids, 'used'), sumOf(() => true)(ids)) },
  memoryUsed: { role: 'ram', over: size('used', MIB) },
  swap: { role: 'swap', over: usedPercent('free') },
  disk: { role: 'rootDisk', over: usedPercent('avail') },
  diskFullest: { role: 'fullestDisk', over: usedPercent('avail') },
  diskRead: { role: 'io', over: size('in', KIB) },
  diskWrite: { role: 'io', over: size('out', KIB) },
  netIn: { role: 'net', over: size('InOctets', KILOBIT) },
  netOut: { role: 'net', over: size('OutOctets', KILOBIT) },
  load1: { role: 'load', over: ids => valueOf(ids, 'load1') },
  uptime: { role: 'uptime', over: ids => valueOf(ids, 'uptime') },
};

/** A metric of one instant. */
export function deriveOne(metric: MetricName, { ids, values }: Sample): number | null {
  const value = deriveOver(metric, ids)(
    values.map(each => each ?? Number.NaN),
    0,
  );
  return Number.isNaN(value) ? null : value;
}

/** Nearly all agents name their dimensions alike: what was found for the agent before is found for the next. */
const lastFound = new Map<MetricName, { readonly ids: readonly string[]; readonly derive: Derive }>();

function deriveOver(metric: MetricName, ids: readonly string[]): Derive {
  const last = lastFound.get(metric);
  if (last !== undefined && last.ids.length === ids.length && last.ids.every((id, place) => id === ids[place]))
    return last.derive;
  const derive = FORMULAS[metric].over(ids);
  lastFound.set(metric, { ids, derive });
  return derive;
}

function valueOf(ids: readonly string[], id: string): Derive {
  const place = ids.indexOf(id);
  return place < 0 ? () => Number.NaN : (numbers, at) => numbers[at + place] ?? Number.NaN;
}

function sumOf(counts: (id: string) => boolean): (ids: readonly string[]) => Derive {
  return ids => {
    const places = ids.flatMap((id, place) => (counts(id) ? [place] : []));
    if (places.length === 0) return () => Number.NaN;
    return (numbers, at) => {
      let total = 0;
      for (const place of places) total += numbers[at + place] ?? Number.NaN;
      return total;
    };
  };
}

function size(id: string, unit: number): (ids: readonly string[]) => Derive {
  return ids => {
    const value = valueOf(ids, id);
    return (numbers, at) => Math.abs(value(numbers, at)) * unit;
  };
}

function usedPercent(rest: string): (ids: readonly string[]) => Derive {
  return ids => {
    const [used, left] = [valueOf(ids, 'used'), valueOf(ids, rest)];
    return percent(used, (numbers, at) => used(numbers, at) + left(numbers, at));
  };
}

/** NaN for a part of nothing: no swap is not an empty swap. */
function percent(part: Derive, whole: Derive): Derive {
  return (numbers, at) => {
    const all = whole(numbers, at);
    return all > 0 ? (100 * part(numbers, at)) / all : Number.NaN;
  };
}
