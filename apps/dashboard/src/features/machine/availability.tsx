import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { MachineName, UptimeView } from '../../api/machine-client.ts';
import { availabilityKey, availabilityQuery } from '../../api/machine-queries.ts';
import { counted, messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { ClockContext } from '../../ui/clock-context.ts';
import { formatUptime } from '../../ui/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { levelOf } from '../../ui/thresholds.ts';
import { type ChartRange, wordsOf } from '../charts/range.ts';
import { NO_VALUE } from '../list/no-value.tsx';
import classes from './availability.module.css';
import { StretchTable } from './stretch-table.tsx';
import { timelineOf, totalsOf } from './state-timeline.ts';
import { TimelineBar, TimelineLegend } from './timeline-bar.tsx';

const { machine: texts } = messages;
/** What "how was it" means to who looks at the present. */
const LAST_DAY = { from: '-24h' };

interface AvailabilityProps {
  readonly name: MachineName;
  readonly range: ChartRange;
  /** Since when it is as it is now. */
  readonly since: string | null;
  readonly onZoom: (fromMs: number, toMs: number) => void;
}

/** How much of the range it was up, and when it was not. */
export function Availability({ name, range, since, onZoom }: AvailabilityProps) {
  const words = range.kind === 'live' ? LAST_DAY : wordsOf(range);
  const { data, error, refetch } = useQuery({ ...availabilityQuery(name, words), placeholderData: keepPreviousData });
  useRereadOnChange(name, since);
  const clock = useContext(ClockContext);
  const [isListed, setIsListed] = useState(false);
  const stretches = useMemo(() => (data === undefined ? [] : timelineOf(data, clock.now())), [data, clock]);
  const bad = stretches.filter(({ state }) => state !== 'up' && state !== 'unwatched');
  return (
    <Panel>
      <section className={classes.availability} aria-label={texts.availability}>
        <div className={classes.figure}>
          <h2>{texts.availability}</h2>
          {data === undefined ? <span className={classes.percent}>{NO_VALUE}</span> : <Percent uptime={data.uptime} />}
          <span className={classes.range}>{rangeText(range)}</span>
        </div>
        <div className={classes.when}>
          {data === undefined ? (
            <Nothing error={error} onRetry={() => void refetch()} />
          ) : (
            <>
              <TimelineBar stretches={stretches} />
              <div className={classes.legend}>
                <TimelineLegend totals={totalsOf(stretches)} />
                {bad.length > 0 && (
                  <Button
                    size="small"
                    title={texts.listHint}
                    aria-expanded={isListed}
                    onClick={() => setIsListed(!isListed)}
                  >
                    {isListed ? texts.hideList : texts.list}
                  </Button>
                )}
              </div>
              {!(data.changes.isWhole && data.gaps.isWhole) && <p className={classes.note}>{texts.notWhole}</p>}
            </>
          )}
        </div>
      </section>
      {isListed && bad.length > 0 && <StretchTable stretches={bad} onZoom={onZoom} />}
    </Panel>
  );
}

/** A state that has just changed belongs on the bar, without waiting for its turn. */
function useRereadOnChange({ network, machine }: MachineName, since: string | null): void {
  const queryClient = useQueryClient();
  const drawn = useRef(since);
  useEffect(() => {
    if (drawn.current === since) return;
    drawn.current = since;
    void queryClient.invalidateQueries({ queryKey: availabilityKey({ network, machine }) });
  }, [queryClient, network, machine, since]);
}

function Percent({ uptime: { uptime } }: { uptime: UptimeView }) {
  const { percent, probes, failures } = uptime;
  if (percent === null) {
    return (
      <span className={classes.percent} data-none>
        {texts.noProbes}
      </span>
    );
  }
  return (
    <span
      className={classes.percent}
      data-level={levelOf('downtime', 100 - percent)}
      title={counted(texts.percentHint, failures, { probes })}
    >
      {formatUptime(percent)}
    </span>
  );
}

function Nothing({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  if (error === null) return <div className={classes.waiting} role="status" aria-label={texts.availabilityLoading} />;
  return (
    <p className={classes.note} role="alert">
      {texts.availabilityFailed}
      <Button size="small" onClick={onRetry}>
        {texts.retry}
      </Button>
    </p>
  );
}

function rangeText(range: ChartRange): string {
  if (range.kind === 'live') return messages.charts.range.presetHint['24h'];
  if (range.kind === 'last') return messages.charts.range.presetHint[range.preset];
  return texts.availabilityOf;
}
