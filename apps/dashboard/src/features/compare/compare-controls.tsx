import { useContext } from 'react';
import type { MetricName } from '../../api/history-client.ts';
import { messages } from '../../messages/text.ts';
import { ClockContext } from '../../ui/clock-context.ts';
import { Select } from '../../ui/select.tsx';
import { useUrlParam } from '../../ui/use-url-param.ts';
import { RangePicker } from '../charts/range-picker.tsx';
import type { ChartRangeState } from '../charts/use-chart-range.ts';
import classes from './compare.module.css';
import { METRIC_CHOICES } from './metrics.ts';

interface CompareControlsProps {
  readonly metric: MetricName;
  readonly state: ChartRangeState;
}

/** What is compared, and in which time. */
export function CompareControls({ metric, state }: CompareControlsProps) {
  const [, setMetric] = useUrlParam('metric');
  const clock = useContext(ClockContext);
  const { range, setRange, back, canGoBack } = state;
  return (
    <div className={classes.controls}>
      <Select label={messages.compare.metricLabel} value={metric} onChange={setMetric} choices={METRIC_CHOICES} />
      <RangePicker range={range} onRange={setRange} onBack={back} canGoBack={canGoBack} now={clock.now()} />
    </div>
  );
}
