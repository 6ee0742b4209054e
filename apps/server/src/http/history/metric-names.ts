import { closestName, METRICS, type MetricDefinition, type MetricName } from '#config';
import { ProblemException } from '../problem/problem.ts';

const NAMES = METRICS.map(({ name }) => name);

/**
 * The metrics of these names, in the order in which they are asked for; all of them when nothing is asked for.
 *
 * @throws ProblemException 400 `UNKNOWN_METRIC` with the name that was probably meant
 */
export function metricsOf(names: readonly string[] | undefined): readonly MetricName[] {
  return names === undefined ? NAMES : names.map(name => metricOf(name, 400).name);
}

/** @throws ProblemException `UNKNOWN_METRIC`, 400 for one of a query and 404 for one of a path */
export function metricOf(name: string, status: 400 | 404): MetricDefinition {
  const found = METRICS.find(metric => metric.name === name);
  if (found !== undefined) return found;
  const closest = closestName(name, NAMES);
  const advice = closest === null ? `there are: ${NAMES.join(', ')}` : `did you mean "${closest}"?`;
  const message = `there is no metric "${name}"; ${advice}`;
  throw new ProblemException(status, 'UNKNOWN_METRIC', message, [
    { path: status === 404 ? 'metric' : 'metrics', message },
  ]);
}
