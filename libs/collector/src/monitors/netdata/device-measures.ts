import type { DeviceColumn, DeviceName, MeasureColumns } from '../../devices.types.ts';
import { BYTES_OF } from './device-charts.ts';
import type { DevicePoints } from './parse-device-points.ts';

/** The same points of a chart, put together in three ways; `null`: this one could not be had. */
export interface DeviceGroups {
  readonly average: DevicePoints;
  readonly min: DevicePoints | null;
  readonly max: DevicePoints | null;
}

type Part = keyof DeviceGroups;

/** What a device's chart comes to, in the units of distomon. */
export function measuresOf(kind: DeviceName['kind'], groups: DeviceGroups): Readonly<Record<string, MeasureColumns>> {
  return kind === 'mount' ? measuresOfMount(groups) : measuresOfInterface(groups);
}

/** Used and available make the same sum all the time: it is fullest when least is available. */
function measuresOfMount(groups: DeviceGroups): Record<string, MeasureColumns> {
  const percent = (used: Part, avail: Part): DeviceColumn => {
    const rest = columnOf(groups, avail, 'avail');
    return columnOf(groups, used, 'used').map((value, place) => percentOf(value, rest[place] ?? null));
  };
  const bytes = (part: Part): DeviceColumn => inBytes(columnOf(groups, part, 'used'), BYTES_OF.mount);
  return {
    usedPercent: { avg: percent('average', 'average'), min: percent('min', 'max'), max: percent('max', 'min') },
    usedBytes: { avg: bytes('average'), min: bytes('min'), max: bytes('max') },
  };
}

function measuresOfInterface(groups: DeviceGroups): Record<string, MeasureColumns> {
  const bytes = (part: Part, dimension: string): DeviceColumn =>
    inBytes(columnOf(groups, part, dimension), BYTES_OF.interface);
  const of = (dimension: string): MeasureColumns => ({
    avg: bytes('average', dimension),
    min: bytes('min', dimension),
    max: bytes('max', dimension),
  });
  const out = of('sent');
  return { in: of('received'), out: isExact(groups) ? out : withoutExtremes(out) };
}

/**
 * What is sent counts below zero. Of its seconds an agent gives the extremes by size; of the averages that it keeps for
 * longer it gives something between them (measured on 1.37.1): no value is better.
 */
function withoutExtremes({ avg }: MeasureColumns): MeasureColumns {
  const none = avg.map(() => null);
  return { avg, min: none, max: none };
}

function isExact(groups: DeviceGroups): boolean {
  return [groups.average, groups.min, groups.max].every(points => points === null || points.tier === 0);
}

function columnOf(groups: DeviceGroups, part: Part, dimension: string): DeviceColumn {
  const length = Math.max(0, ...[...groups.average.columns.values()].map(column => column.length));
  return groups[part]?.columns.get(dimension) ?? Array.from<null>({ length }).fill(null);
}

function percentOf(used: number | null, avail: number | null): number | null {
  return used === null || avail === null || used + avail <= 0 ? null : (100 * used) / (used + avail);
}

function inBytes(column: DeviceColumn, convert: (value: number) => number): DeviceColumn {
  return column.map(value => (value === null ? null : convert(value)));
}
