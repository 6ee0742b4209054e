import type { MetricName } from '../../api/history-client.ts';
import { messages } from '../../messages/text.ts';

/** In the order in which people ask. */
const METRICS = Object.keys(messages.compare.metric) as readonly (keyof typeof messages.compare.metric)[];

/** What can be compared, by name and title. */
export const METRIC_CHOICES = METRICS.map(value => ({ value, label: messages.compare.metric[value] }));

/** The metric that the address names; without one it is the CPU. */
export function metricOf(param: string): MetricName {
  return METRICS.find(known => known === param) ?? 'cpu';
}
