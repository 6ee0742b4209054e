import { useMemo, useState } from 'react';
import { type MetricName, metricCsvHref, type TimeWords } from '../../api/history-client.ts';
import { stepMsOf } from '../../api/step.ts';
import { counted, fill, messages } from '../../messages/text.ts';
import { Notice } from '../../ui/notice.tsx';
import { useUrlParam } from '../../ui/use-url-param.ts';
import { ChartCard } from '../charts/chart-card.tsx';
import { ResolutionNote } from '../charts/resolution-note.tsx';
import type { ChartRangeState } from '../charts/use-chart-range.ts';
import classes from './compare.module.css';
import { CompareFilter } from './compare-filter.tsx';
import { rankOf } from './rank.ts';
import { RankTable } from './rank-table.tsx';
import { useComparison } from './use-comparison.ts';

const texts = messages.compare;
const CHART_PX = 380;

interface CompareViewProps {
  readonly network: string;
  readonly metric: MetricName;
  readonly words: TimeWords;
  readonly state: ChartRangeState;
}

/** The lines of all machines, and the machines in the order of their values. Pointing at one shows the other. */
export function CompareView({ network, metric, words, state }: CompareViewProps) {
  const [filter] = useUrlParam('q');
  const comparison = useComparison(network, metric, words, filter);
  const { model, unit, total } = comparison;
  const [pinned, pin] = useState<string | null>(null);
  const [pointed, point] = useState<string | null>(null);
  const ranked = useMemo(() => (model === null ? [] : rankOf(model)), [model]);
  const title = counted(texts.chartTitle, ranked.length, { metric: texts.metric[metric] });
  if (model !== null && total === 0) return <NoMachines />;
  return (
    <div className={classes.view}>
      <ChartCard
        level={2}
        title={model === null ? texts.metric[metric] : title}
        unit={unit}
        model={model}
        state={comparison}
        heightPx={CHART_PX}
        highlight={pointed ?? pinned}
        onNear={point}
        onZoom={state.zoom}
        onBack={state.canGoBack ? state.back : undefined}
        csvHref={metricCsvHref({ network, metric, words })}
        headEnd={
          <ResolutionNote past={model === null ? null : { stepMs: stepMsOf(model.resolution), isFromAgent: false }} />
        }
      />
      <div className={classes.side}>
        <CompareFilter />
        {model !== null && ranked.length === 0 ? (
          <p className={classes.none}>{fill(texts.noMatch, { filter })}</p>
        ) : (
          <RankTable {...{ network, ranked, unit, pinned, pointed }} onPin={pin} onPoint={point} />
        )}
      </div>
    </div>
  );
}

function NoMachines() {
  return (
    <Notice title={texts.noMachines}>
      <p>{texts.noMachinesText}</p>
    </Notice>
  );
}
