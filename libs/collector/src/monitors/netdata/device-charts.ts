import type { DeviceName, Devices, InterfaceNow, MountNow } from '../../devices.types.ts';
import { failure, type Parsed } from '../../reading/answer.types.ts';
import { diskCharts } from './choose-charts.ts';
import { isFresh } from './freshness.ts';
import type { LatestChart } from './parse-all-metrics.ts';

/** More than this of each kind is no list for people; those that come first by name are shown. */
const MAX_DEVICES = 500;
/** `net.eth0`; the family is the interface too, but may be changed by those who set up the agent. */
const INTERFACE_PREFIX = 'net.';
const INTERFACE_CONTEXT = 'net.net';

const GIB = 1024 ** 3;
/** A kilobit is 1000 bits. */
const KILOBIT = 125;

/** What has to be known to tell whether a value is of now. */
export interface DeviceMoment {
  /** Epoch seconds in the agent's clock. */
  readonly now: number;
  /** The agent's own step; `null`: it is not known yet. */
  readonly stepSeconds: number | null;
}

/** The devices in one answer, without any value that is old. An agent that has only old ones is `stale`. */
export function devicesOf(charts: readonly LatestChart[], { now, stepSeconds }: DeviceMoment): Parsed<Devices> {
  const mounts = diskCharts(charts);
  const interfaces = charts.filter(isInterface);
  const freshMounts = mounts.filter(({ lastUpdated }) => isFresh('rootDisk', lastUpdated, now, stepSeconds));
  const freshInterfaces = interfaces.filter(({ lastUpdated }) => isFresh('net', lastUpdated, now, stepSeconds));
  if (freshMounts.length + freshInterfaces.length === 0 && mounts.length + interfaces.length > 0)
    return failure('stale', "The agent's last values of mounts and interfaces are old by its own clock.", 200);
  return {
    ok: true,
    value: {
      mounts: listed(freshMounts.flatMap(mountOf), ({ mount }) => mount),
      interfaces: listed(freshInterfaces.flatMap(interfaceOf), ({ name }) => name),
    },
  };
}

/** The chart of a device that the agent shows. */
export function chartOfDevice(charts: readonly LatestChart[], { kind, name }: DeviceName): LatestChart | undefined {
  return kind === 'mount'
    ? diskCharts(charts).find(chart => mountName(chart) === name)
    : charts.find(chart => isInterface(chart) && interfaceName(chart) === name);
}

/** Bytes out of what Netdata calls a size, or bytes per second out of what it calls a bandwidth, whatever its sign. */
export const BYTES_OF = {
  mount: (gib: number): number => gib * GIB,
  interface: (kilobits: number): number => Math.abs(kilobits) * KILOBIT,
} as const;

function mountOf(chart: LatestChart): MountNow[] {
  const [used, avail] = [valueOf(chart, 'used'), valueOf(chart, 'avail')];
  const reserved = valueOf(chart, 'reserved_for_root') ?? 0;
  // A file system of no size, such as /proc, is no place for anything.
  if (used === null || avail === null || used + avail + reserved <= 0) return [];
  return [
    {
      mount: mountName(chart),
      usedPercent: used + avail > 0 ? (100 * used) / (used + avail) : null,
      usedBytes: Math.round(BYTES_OF.mount(used)),
      totalBytes: Math.round(BYTES_OF.mount(used + avail + reserved)),
    },
  ];
}

function interfaceOf(chart: LatestChart): InterfaceNow[] {
  const [received, sent] = [valueOf(chart, 'received'), valueOf(chart, 'sent')];
  if (received === null && sent === null) return [];
  const rateOf = (value: number | null): number | null => (value === null ? null : BYTES_OF.interface(value));
  return [{ name: interfaceName(chart), in: rateOf(received), out: rateOf(sent) }];
}

function valueOf({ ids, values }: LatestChart, dimension: string): number | null {
  return values[ids.indexOf(dimension)] ?? null;
}

function isInterface({ id, context }: LatestChart): boolean {
  return context === INTERFACE_CONTEXT && id.startsWith(INTERFACE_PREFIX);
}

function interfaceName({ id }: LatestChart): string {
  return id.slice(INTERFACE_PREFIX.length);
}

function mountName({ family, id }: LatestChart): string {
  return family ?? id;
}

/** By name, each name once, and no more than fit. */
function listed<T>(devices: readonly T[], nameOf: (device: T) => string): T[] {
  const byName = new Map(devices.toReversed().map(device => [nameOf(device), device]));
  const names = [...byName.keys()].toSorted().slice(0, MAX_DEVICES);
  return names.flatMap(name => byName.get(name) ?? []);
}
