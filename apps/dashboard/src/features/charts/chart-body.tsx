import { useEffect } from 'react';
import { isNoAnswer } from '../../api/api-error.ts';
import { messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import classes from './chart-body.module.css';
import type { ChartCardProps } from './chart-card.tsx';
import { CHART_HEIGHT_PX } from './chart-height.ts';
import { hasValues } from './chart-model.ts';
import { ChartTable } from './chart-table.tsx';
import { PlotSkeleton } from './plot-skeleton.tsx';
import { loadTimePlot, TimeChart } from './time-chart.tsx';
import type { ChartState } from './use-past.ts';

const { charts } = messages;

/** The legend above a chart, and what is between the two. */
const LEGEND_PX = 42;

interface BodyProps extends ChartCardProps {
  readonly isTable: boolean;
  /** Whether it is worth drawing. */
  readonly isNear: boolean;
}

/** The chart, or why there is none, in the same height. */
export function ChartBody({ isTable, isNear, ...props }: BodyProps) {
  const { state, heightPx = CHART_HEIGHT_PX } = props;
  useEffect(() => {
    // It is missed where it is drawn.
    if (isNear && !isTable) loadTimePlot().catch(() => undefined);
  }, [isNear, isTable]);
  return (
    <div className={classes.body} style={{ height: heightPx + LEGEND_PX }} aria-busy={state?.isLoading ?? false}>
      {isNear && <Content {...props} isTable={isTable} heightPx={heightPx} />}
    </div>
  );
}

function Content({ isTable, heightPx, ...props }: Omit<BodyProps, 'isNear'> & { heightPx: number }) {
  const { model, state } = props;
  if (state?.isLoading === true) return <Skeleton heightPx={heightPx} />;
  if (model === null)
    return state?.error == null ? <Skeleton heightPx={heightPx} /> : <Failure {...state} error={state.error} />;
  // A range of which nothing is known may still say why.
  if (!hasValues(model) && model.spans.length === 0) return <Nothing isLive={state === undefined} />;
  return (
    <div className={classes.content} data-stale={state?.isStale === true || undefined}>
      {isTable ? <ChartTable {...props} model={model} /> : <TimeChart {...props} model={model} heightPx={heightPx} />}
      {state !== undefined && state.error !== null && <StaleNote onRetry={state.onRetry} />}
    </div>
  );
}

function Skeleton({ heightPx }: { heightPx: number }) {
  return (
    <>
      <div className={classes.legend} style={{ height: LEGEND_PX }}>
        <span className={classes.bar} />
      </div>
      <PlotSkeleton heightPx={heightPx} />
    </>
  );
}

function Nothing({ isLive }: { isLive: boolean }) {
  return <p className={classes.notice}>{isLive ? charts.emptyLive : charts.emptyTitle}</p>;
}

function Failure({ error, onRetry }: Pick<ChartState, 'onRetry'> & { error: Error }) {
  return (
    <div className={classes.notice} role="alert">
      <strong>{charts.errorTitle}</strong>
      <span>{isNoAnswer(error) ? messages.error.no_answer : error.message}</span>
      <Button size="small" onClick={onRetry}>
        {charts.retry}
      </Button>
    </div>
  );
}

/** What is shown is true, but not the newest. */
function StaleNote({ onRetry }: Pick<ChartState, 'onRetry'>) {
  return (
    <p className={classes.staleNote} role="status">
      {charts.staleError}{' '}
      <button type="button" onClick={onRetry}>
        {charts.retry}
      </button>
    </p>
  );
}
