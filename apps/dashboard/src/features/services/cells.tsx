import { fill, messages } from '../../messages/text.ts';
import { formatLatency, formatLatencySpan, formatUptime } from '../../ui/format.ts';
import { levelOf } from '../../ui/thresholds.ts';
import type { CellContent, Look } from '../list/columns.ts';
import { NameLine } from '../list/name-line.tsx';
import { NO_VALUE } from '../list/no-value.tsx';
import { StateText } from '../list/state-text.tsx';
import classes from './service-cells.module.css';
import { ServiceCard } from './service-card.tsx';
import { type Period, type ServiceRow, targetOf } from './service-row.ts';

/** The name, and below it what is checked; at phone width its state too, and what was found when that is bad. */
export function nameCell(row: ServiceRow, { isCompact }: Look): CellContent {
  const isBad = row.state !== 'up' && row.detail !== null;
  return {
    content: (
      <>
        <NameLine row={row} card={<ServiceCard row={row} />} />
        {isCompact && (
          <div className={classes.under}>
            <StateText row={row} />
          </div>
        )}
        {isCompact && isBad ? <Detail row={row} isUnderName /> : <Target row={row} />}
      </>
    ),
  };
}

function Target({ row }: { row: ServiceRow }) {
  const text = targetOf(row);
  return (
    <div className={classes.under} data-dim title={text}>
      {text}
    </div>
  );
}

/** How it is and for how long, and below it what the last check found. */
export function stateCell(row: ServiceRow): CellContent {
  return {
    content: (
      <>
        <StateText row={row} />
        <Detail row={row} isUnderName={false} />
      </>
    ),
  };
}

function Detail({ row: { detail }, isUnderName }: { row: ServiceRow; isUnderName: boolean }) {
  return (
    <div className={isUnderName ? classes.under : classes.detail} data-dim title={detail ?? undefined}>
      {detail ?? '\u00a0'}
    </div>
  );
}

/** The last answer, and below it the span of the last day. */
export function latencyCell({ latencyMs, latency }: ServiceRow): CellContent {
  const last = latencyMs === null ? NO_VALUE : formatLatency(latencyMs);
  if (latency === null) return { content: last };
  const { min, avg, max } = latency;
  return {
    content: (
      <>
        {last}
        <div className={classes.range}>{formatLatencySpan(min, max)}</div>
      </>
    ),
    hint: fill(messages.services.latencyHint, {
      min: formatLatency(min),
      avg: formatLatency(avg),
      max: formatLatency(max),
    }),
  };
}

/** Percent of checks that found it well in a time; nothing at all where the past may not be seen. */
export function uptimeCell({ uptime }: ServiceRow, period: Period): CellContent {
  if (uptime === null) return { content: null };
  const percent = uptime[period];
  if (percent === null) return { content: NO_VALUE, hint: messages.services.noUptime };
  const hint = fill(messages.services.uptimeHint, { percent });
  return { content: <span data-level={levelOf('downtime', 100 - percent)}>{formatUptime(percent)}</span>, hint };
}
