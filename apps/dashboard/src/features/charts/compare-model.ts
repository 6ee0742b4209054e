import type { MetricHistory } from '../../api/history-client.ts';
import type { ChartModel, ModelSeries } from './chart-model.ts';
import { noPoints } from './history-model.ts';
import { frameOf, middleOf } from './past.ts';

/** One metric of all machines as one chart, a line for each machine. */
export function compareModel(answer: MetricHistory): ChartModel {
  const frame = frameOf(answer);
  return {
    ...frame,
    resolution: answer.resolution,
    times: answer.times.map(time => middleOf(Date.parse(time), frame)),
    series: answer.series.map(series => lineOf(series, answer.times.length)),
    spans: [],
    filled: [],
  };
}

/** A machine of which there is nothing has no array of values, but an empty one. */
function lineOf({ machine, avg, min, max }: MetricHistory['series'][number], length: number): ModelSeries {
  const whole = (points: ModelSeries['min'] | undefined) => (points?.length === length ? points : null);
  return { key: machine, label: machine, avg: whole(avg) ?? noPoints(length), min: whole(min), max: whole(max) };
}
