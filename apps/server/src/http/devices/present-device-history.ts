import { DEVICE_MEASURES, type DeviceHistoryReading, type DeviceName } from '#collector';
import { formatDuration } from '#config';
import type { Range } from '../history/decide-range.ts';
import { factColumns, type Cell } from '../history/present-history.ts';
import type { DeviceHistory } from './device.dto.ts';

const PARTS = ['avg', 'min', 'max'] as const;
/** Of a point of an agent only these facts are known. */
const SOURCE = 'agent';
/** What is said of the resolution of nothing. */
const NO_RESOLUTION = formatDuration(1_000);

type Answered = Omit<DeviceHistory, 'network' | 'machine'>;

/** What an agent remembers of a device as the API shows it: in columns like the history of a machine. */
export function presentDeviceHistory(device: DeviceName, asked: Range, reading: DeviceHistoryReading): Answered {
  const names = DEVICE_MEASURES[device.kind];
  const columns = [...factColumns('seconds'), ...names.flatMap(measure => PARTS.map(part => `${measure}.${part}`))];
  if (reading.reason !== null) {
    const { reason, detail, since } = reading;
    const nothing = { resolution: NO_RESOLUTION, from: asked.from.toISOString(), to: asked.to.toISOString(), rows: [] };
    return { device, ...nothing, remembersSince: timeOf(since), reason, detail, columns };
  }
  const { from, stepSeconds, measures, since } = reading.history;
  const series = names.flatMap(name => PARTS.map(part => measures[name]?.[part] ?? []));
  const length = Math.max(0, ...series.map(column => column.length));
  const startOf = (place: number): string => instant(from + place * stepSeconds);
  return {
    device,
    resolution: formatDuration(stepSeconds * 1000),
    from: instant(from),
    to: startOf(length),
    remembersSince: timeOf(since),
    reason: null,
    detail: null,
    columns,
    rows: Array.from({ length }, (_, place) => [
      ...factsOf(startOf(place)),
      ...series.map(column => column[place] ?? null),
    ]),
  };
}

function factsOf(time: string): Cell[] {
  const known: Readonly<Record<string, Cell>> = { time, source: SOURCE };
  return factColumns('seconds').map(name => known[name] ?? null);
}

function timeOf(second: number | null): string | null {
  return second === null ? null : instant(second);
}

function instant(second: number): string {
  return new Date(second * 1000).toISOString();
}
