import { metricValues } from '../metric-values.ts';
import type { HostSample } from '#storage';

/** What the operating system's counters said at one moment. `null`: it does not tell. */
export interface HostReading {
  /** Monotonic milliseconds (`performance.now`), taken with the counters. */
  readonly atMs: number;
  /** Time of all cores since boot, in any one unit. Waiting for disks and stolen time are busy. */
  readonly cpu: { readonly busy: number; readonly total: number };
  readonly memory: { readonly usedBytes: number; readonly totalBytes: number };
  readonly swap: { readonly usedBytes: number; readonly totalBytes: number };
  /** Bytes since boot. */
  readonly disk: ByteCounters | null;
  readonly net: ByteCounters | null;
  readonly load1: number;
  readonly uptimeSeconds: number;
}

export interface ByteCounters {
  readonly in: number;
  readonly out: number;
}

/** A mounted file system. */
export interface Mount {
  readonly path: string;
  readonly usedBytes: number;
  readonly availableBytes: number;
}

/** Reads the counters of the machine this process runs on. */
export interface HostSource {
  /** Cheap enough for once a second. */
  read(): Promise<HostReading>;
  /** Dearer: once in ten seconds is plenty. */
  readMounts(): Promise<readonly Mount[]>;
}

/** The metrics of the time between two readings; levels are those of the later one. */
export function deriveSample(before: HostReading, now: HostReading, mounts: readonly Mount[]): HostSample {
  const seconds = (now.atMs - before.atMs) / 1000;
  const rate = (counter: 'disk' | 'net', way: 'in' | 'out'): number | null => {
    const [was, is] = [before[counter]?.[way], now[counter]?.[way]];
    // A counter that fell was reset, or a device is gone: this second is not known.
    return was === undefined || is === undefined || is < was || seconds <= 0 ? null : (is - was) / seconds;
  };
  const root = mounts.find(mount => mount.path === '/');
  const fullest = fullestOf(mounts);
  const values = {
    cpu: percent(now.cpu.busy - before.cpu.busy, now.cpu.total - before.cpu.total),
    memory: percent(now.memory.usedBytes, now.memory.totalBytes),
    memoryUsed: now.memory.usedBytes,
    swap: percent(now.swap.usedBytes, now.swap.totalBytes),
    disk: root === undefined ? null : usedPercent(root),
    diskFullest: fullest === null ? null : usedPercent(fullest),
    diskRead: rate('disk', 'in'),
    diskWrite: rate('disk', 'out'),
    netIn: rate('net', 'in'),
    netOut: rate('net', 'out'),
    load1: now.load1,
    uptime: now.uptimeSeconds,
  };
  return metricValues(metric => values[metric]);
}

/** The fullest mount as df shows it; of equally full ones the first by name. */
export function fullestOf(mounts: readonly Mount[]): Mount | null {
  const sorted = mounts
    .filter(mount => usedPercent(mount) !== null)
    .toSorted((a, b) => (usedPercent(b) ?? 0) - (usedPercent(a) ?? 0) || (a.path < b.path ? -1 : 1));
  return sorted[0] ?? null;
}

function usedPercent(mount: Mount): number | null {
  return percent(mount.usedBytes, mount.usedBytes + mount.availableBytes);
}

function percent(part: number, whole: number): number | null {
  return whole > 0 && part >= 0 ? Math.min((100 * part) / whole, 100) : null;
}
