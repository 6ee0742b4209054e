import { answerOf } from './answer-of.ts';
import { api } from './rest.ts';
import type { components } from './schema.d.ts';

export type History = components['schemas']['History'];
export type MetricHistory = components['schemas']['MetricHistory'];
export type MetricName = MetricHistory['metric'];
export type MetricUnit = MetricHistory['unit'];
export type Part = 'avg' | 'min' | 'max';

/** A range as the API's query names it: RFC 3339, or relative to now (`-30d`). Without `to` it ends now. */
export interface TimeWords {
  readonly from: string;
  readonly to?: string;
}

/** What of one machine is asked for. */
export interface MachineWish {
  readonly network: string;
  readonly machine: string;
  readonly words: TimeWords;
  /** Left out: all. */
  readonly metrics?: readonly MetricName[];
}

/** Which metric of all machines is asked for. */
export interface MetricWish {
  readonly network: string;
  readonly metric: MetricName;
  readonly words: TimeWords;
  /** Left out: the averages. */
  readonly parts?: readonly Part[];
}

/** What was measured of one machine, at the fineness that suits the range. */
export function readMachineHistory({ network, machine, words, metrics }: MachineWish, signal: AbortSignal) {
  const query = metrics === undefined ? words : { ...words, metrics: [...metrics] };
  const params = { path: { network, machine }, query };
  return answerOf(api.GET('/api/v1/networks/{network}/machines/{machine}/metrics', { signal, params }));
}

/** One metric of every machine of a network. */
export function readMetricHistory({ network, metric, words, parts }: MetricWish, signal: AbortSignal) {
  const query = parts === undefined ? words : { ...words, parts: [...parts] };
  const params = { path: { network, metric }, query };
  return answerOf(api.GET('/api/v1/networks/{network}/metrics/{metric}', { signal, params }));
}

/** Where the values of one machine can be downloaded; a `resolution` is the one they are shown in. */
export function csvHref({
  network,
  machine,
  words,
  metrics,
  resolution,
}: MachineWish & { resolution?: string }): string {
  const path = `/api/v1/networks/${encodeURIComponent(network)}/machines/${encodeURIComponent(machine)}/metrics`;
  return hrefOf(path, words, { metrics: metrics?.join(','), resolution });
}

/** Where the values of one metric of all machines can be downloaded. */
export function metricCsvHref({ network, metric, words }: MetricWish): string {
  return hrefOf(`/api/v1/networks/${encodeURIComponent(network)}/metrics/${metric}`, words, {});
}

function hrefOf(path: string, words: TimeWords, more: Readonly<Record<string, string | undefined>>): string {
  const told = Object.entries({ ...words, ...more }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return `${path}?${new URLSearchParams([...told, ['format', 'csv']])}`;
}
