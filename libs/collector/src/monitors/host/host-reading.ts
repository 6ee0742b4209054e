import type { InterfaceNow, MountNow } from '../../devices.types.ts';
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
  /** Of each network interface but the loopback, by name. */
  readonly interfaces: ReadonlyMap<string, ByteCounters>;
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
  readonly totalBytes: number;
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
  const rate = (counter: 'disk' | 'net', way: 'in' | 'out'): number | null =>
    rateOf(before[counter]?.[way], now[counter]?.[way], seconds);
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

/** What went through each interface in the time between two readings, by name. */
export function deriveInterfaces(before: HostReading, now: HostReading): InterfaceNow[] {
  const seconds = (now.atMs - before.atMs) / 1000;
  return [...now.interfaces]
    .map(([name, counters]) => {
      const former = before.interfaces.get(name);
      const [received, sent] = [rateOf(former?.in, counters.in, seconds), rateOf(former?.out, counters.out, seconds)];
      return { name, in: received, out: sent };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Mounts as they are shown, by path; each once, and none that has no size. */
export function presentMounts(mounts: readonly Mount[]): MountNow[] {
  const byPath = new Map(mounts.toReversed().map(mount => [mount.path, mount]));
  return [...byPath.values()]
    .filter(({ totalBytes }) => totalBytes > 0)
    .map(mount => {
      const { path, usedBytes, totalBytes } = mount;
      return { mount: path, usedPercent: usedPercent(mount), usedBytes, totalBytes };
    })
    .toSorted((a, b) => (a.mount < b.mount ? -1 : 1));
}

/** A counter that fell was reset, or a device is gone: then it is not known. */
function rateOf(was: number | undefined, is: number | undefined, seconds: number): number | null {
  return was === undefined || is === undefined || is < was || seconds <= 0 ? null : (is - was) / seconds;
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
