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

interface Formula {
  readonly role: ChartRole;
  /** `null` as soon as anything it needs is missing: half a sum is a wrong value. */
  readonly of: (sample: Sample) => number | null;
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
  cpu: { role: 'cpu', of: sample => sum(sample, id => id !== 'idle') },
  memory: {
    role: 'ram',
    of: sample =>
      percent(
        valueOf(sample, 'used'),
        sum(sample, () => true),
      ),
  },
  memoryUsed: { role: 'ram', of: sample => scaled(valueOf(sample, 'used'), MIB) },
  swap: { role: 'swap', of: usedPercent('free') },
  disk: { role: 'rootDisk', of: usedPercent('avail') },
  diskFullest: { role: 'fullestDisk', of: usedPercent('avail') },
  diskRead: { role: 'io', of: sample => scaled(valueOf(sample, 'in'), KIB) },
  diskWrite: { role: 'io', of: sample => scaled(valueOf(sample, 'out'), KIB) },
  netIn: { role: 'net', of: sample => scaled(valueOf(sample, 'InOctets'), KILOBIT) },
  netOut: { role: 'net', of: sample => scaled(valueOf(sample, 'OutOctets'), KILOBIT) },
  load1: { role: 'load', of: sample => valueOf(sample, 'load1') },
  uptime: { role: 'uptime', of: sample => valueOf(sample, 'uptime') },
};

function valueOf(sample: Sample, id: string): number | null {
  return sample.values[sample.ids.indexOf(id)] ?? null;
}

function sum(sample: Sample, counts: (id: string) => boolean): number | null {
  let total: number | null = null;
  for (const [place, id] of sample.ids.entries()) {
    if (!counts(id)) continue;
    const value = sample.values[place] ?? null;
    if (value === null) return null;
    total = (total ?? 0) + value;
  }
  return total;
}

function usedPercent(rest: string): (sample: Sample) => number | null {
  return sample => {
    const used = valueOf(sample, 'used');
    const left = valueOf(sample, rest);
    return used === null || left === null ? null : percent(used, used + left);
  };
}

/** `null` for a part of nothing: no swap is not an empty swap. */
function percent(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole <= 0 ? null : (100 * part) / whole;
}

function scaled(value: number | null, factor: number): number | null {
  return value === null ? null : Math.abs(value) * factor;
}
