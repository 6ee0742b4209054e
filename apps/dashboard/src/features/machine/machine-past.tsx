import { useQueryClient } from '@tanstack/react-query';
import { useContext, useMemo, useState } from 'react';
import { csvHref } from '../../api/history-client.ts';
import { machineHistoryQuery } from '../../api/history-queries.ts';
import type { MachineName } from '../../api/machine-client.ts';
import { messages } from '../../messages/text.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { ClockContext } from '../../ui/clock-context.ts';
import { Icon } from '../../ui/icon.tsx';
import type { LiveBuffer } from '../charts/live-buffer.ts';
import { type ChartRange, wordsOf } from '../charts/range.ts';
import { RangePicker } from '../charts/range-picker.tsx';
import { ResolutionNote } from '../charts/resolution-note.tsx';
import { useChartRange } from '../charts/use-chart-range.ts';
import { type PastState, usePast } from '../charts/use-past.ts';
import type { MachineRow } from '../machines/machine-row.ts';
import { Availability } from './availability.tsx';
import classes from './chart-grid.module.css';
import { Devices } from './devices.tsx';
import { HistoryCharts } from './history-charts.tsx';
import { LiveCharts } from './live-charts.tsx';
import { LIVE_METRICS } from './live-seconds.ts';
import { useRememberedSeconds } from './use-remembered-seconds.ts';

const LIVE: ChartRange = { kind: 'live' };
/** Of a machine that says nothing now, what it said before is worth more. */
const LAST_HOURS: ChartRange = { kind: 'last', preset: '6h' };

interface MachinePastProps {
  readonly name: MachineName;
  readonly row: MachineRow;
  readonly buffer: LiveBuffer;
  readonly isStreaming: boolean;
  readonly isPaused: boolean;
}

/** How a machine was, in a range that is chosen: its uptime and its charts. Live is the shortest of them. */
export function MachinePast({ name, row, buffer, isStreaming, isPaused }: MachinePastProps) {
  const [fallback] = useState(() => (row.state === 'down' || row.values === null ? LAST_HOURS : LIVE));
  const { range, setRange, zoom, back, canGoBack } = useChartRange(fallback);
  const isLive = range.kind === 'live';
  const words = useMemo(() => wordsOf(range), [range]);
  const state = usePast({ ...name, words, metrics: LIVE_METRICS, enabled: !isLive });
  useRememberedSeconds(name, buffer, isStreaming && isLive);
  const prefetch = usePrefetch(name);
  const clock = useContext(ClockContext);
  const head = (
    <>
      <RangePicker
        range={range}
        onRange={setRange}
        onBack={back}
        canGoBack={canGoBack}
        hasLive
        onIntent={prefetch}
        now={clock.now()}
      />
      <HeadEnd state={isLive ? null : state} href={csvHref({ ...name, words })} />
    </>
  );
  return (
    <>
      <Availability name={name} range={range} since={row.since} onZoom={zoom} />
      {isLive ? (
        <LiveCharts row={row} buffer={buffer} head={head} onZoom={zoom} />
      ) : (
        <HistoryCharts {...{ name, row, words, state, head }} onZoom={zoom} onBack={canGoBack ? back : undefined} />
      )}
      <Devices name={name} isPaused={isPaused} range={range} onZoom={zoom} onBack={canGoBack ? back : undefined} />
    </>
  );
}

/** What a point is, and the same as a file. Live has neither. */
function HeadEnd({ state, href }: { state: PastState | null; href: string }) {
  if (state === null) return <span className={classes.note}>{messages.machine.liveNote}</span>;
  return (
    <span className={classes.end}>
      <ResolutionNote past={state.past} />
      <ButtonLink size="small" href={href} download title={messages.machine.csvHint} icon={<Icon name="download" />}>
        {messages.machine.csv}
      </ButtonLink>
    </span>
  );
}

/** A range that is about to be asked for is asked for already. */
function usePrefetch(name: MachineName): (range: ChartRange) => void {
  const queryClient = useQueryClient();
  return range => {
    if (range.kind === 'live') return;
    const wish = { ...name, words: wordsOf(range), metrics: LIVE_METRICS };
    void queryClient.prefetchQuery(machineHistoryQuery(wish));
  };
}
