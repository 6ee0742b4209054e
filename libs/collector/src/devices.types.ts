import type { Reason } from '#config';

/** A mounted file system as it is now. */
export interface MountNow {
  readonly mount: string;
  /** Used of what can be used, as df shows it: the blocks that are reserved for root are neither. */
  readonly usedPercent: number | null;
  readonly usedBytes: number;
  /** With the blocks that are reserved for root. */
  readonly totalBytes: number;
}

/** A network interface as it is now, in bytes per second. */
export interface InterfaceNow {
  readonly name: string;
  readonly in: number | null;
  readonly out: number | null;
}

/** What a machine has now, each by name. */
export interface Devices {
  readonly mounts: readonly MountNow[];
  readonly interfaces: readonly InterfaceNow[];
}

/** What reading the devices of a machine gave, or why there are none. */
export type DevicesReading =
  | { readonly reason: null; readonly devices: Devices }
  | { readonly reason: Reason; readonly detail: string };

/** Names one device of a machine. */
export interface DeviceName {
  readonly kind: 'mount' | 'interface';
  readonly name: string;
}

/** What is remembered of each kind: percent and bytes of a mount, bytes per second of an interface. */
export const DEVICE_MEASURES = {
  mount: ['usedPercent', 'usedBytes'],
  interface: ['in', 'out'],
} as const satisfies Record<DeviceName['kind'], readonly string[]>;

/** A number for each point; `null`: there is none. */
export type DeviceColumn = readonly (number | null)[];

/** One measure over time; all columns are of one length. What cannot be told of any point is `null` in all of them. */
export interface MeasureColumns {
  readonly avg: DeviceColumn;
  readonly min: DeviceColumn;
  readonly max: DeviceColumn;
}

/** What a machine itself remembers of one device, in points that are aligned to the clock. Times are epoch seconds. */
export interface DeviceHistory {
  /** Where the first point begins. */
  readonly from: number;
  readonly stepSeconds: number;
  readonly measures: Readonly<Record<string, MeasureColumns>>;
  /** Before this it remembers nothing of the device. */
  readonly since: number;
}

/** What asking for it gave, or why there is nothing; `since` as far as it is known. */
export type DeviceHistoryReading =
  | { readonly reason: null; readonly history: DeviceHistory }
  | { readonly reason: Reason; readonly detail: string; readonly since: number | null };
