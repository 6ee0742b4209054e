import type { RecordedMoment } from './recording.ts';

/** The last values in JSON as if they were of the second `now`. */
export function movedJson({ at, json }: RecordedMoment, now: number): string {
  const by = now - at;
  return json.replace(/("last_updated": )(\d+)/g, (_, key: string, second: string) => `${key}${Number(second) + by}`);
}

/** The last values in Prometheus' format as if they were of the second `now`. */
export function movedPrometheus({ at, prometheus }: RecordedMoment, now: number): string {
  const by = (now - at) * 1000;
  return prometheus.replace(/ (\d{13})$/gm, (_, millis: string) => ` ${Number(millis) + by}`);
}

/** What a chart says of itself, as if it were this one and had begun then: of what was before it has nothing. */
export function movedChart(chart: string, id: string, began: number, now: number): string {
  return chart
    .replaceAll('system.cpu', id)
    .replace(/("duration": )\d+/, `$1${now - began}`)
    .replace(/("first_entry": )\d+/, `$1${began}`)
    .replace(/("last_entry": )\d+/, `$1${now}`);
}

/** The raw points of a chart, taken apart so that any window can be made of them. */
export interface RecordedPoints {
  readonly step: number;
  readonly head: string;
  /** What follows the time in each row, newest first. */
  readonly rows: readonly string[];
  readonly tail: string;
}

export function takeApart(data: string): RecordedPoints {
  const [, head, rows, tail] = /^([\s\S]*"data":\s*\[\n)([\s\S]*?)(\n\]\n\}[\s\S]*)$/.exec(data) ?? [];
  const step = /"view_update_every": (\d+)/.exec(data)?.[1];
  if (head === undefined || rows === undefined || tail === undefined || step === undefined)
    throw new Error('the recorded points do not have the form of Netdata 1.37');
  return { step: Number(step), head, rows: rows.split(',\n').map(row => row.replace(/^\s*\[\s*\d+/, '')), tail };
}

/** The answer for a window, both ends included, cut to the chart's own steps as Netdata does it. */
export function movedData({ step, head, rows, tail }: RecordedPoints, after: number, before: number): string {
  const first = step === 1 ? after : (Math.floor(after / step) + 1) * step;
  const last = Math.floor(before / step) * step;
  const times = Array.from({ length: (last - first) / step + 1 }, (_, i) => last - i * step);
  const points = times.map((time, i) => ` [ ${time}${rows[i % rows.length]}`).join(',\n');
  const ownHead = head
    .replace(/("after": )\d+/, `$1${first}`)
    .replace(/("before": )\d+/, `$1${last}`)
    .replace(/("points": )\d+/, `$1${times.length}`);
  return ownHead + points + tail;
}
