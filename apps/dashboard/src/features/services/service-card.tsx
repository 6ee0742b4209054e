import type { ReactNode } from 'react';
import { fill, messages } from '../../messages/text.ts';
import { formatDuration, formatLatency, formatLatencySpan, formatUptime } from '../../ui/format.ts';
import { StateText } from '../list/state-text.tsx';
import classes from './service-card.module.css';
import { type ServiceRow, targetOf } from './service-row.ts';

const { card, column, latencySpan, everyInterval, period } = messages.services;

const PERIODS = ['day', 'week', 'month'] as const;

/** All that is known of a service, whatever columns there is room for. */
export function ServiceCard({ row }: { row: ServiceRow }) {
  const { name, detail, latency, uptime, measures, intervalMs } = row;
  const facts: [term: string, fact: ReactNode][] = [
    [column.state, <StateText key="state" row={{ ...row, detail: null }} />],
    [card.target, targetOf(row)],
    [card.found, detail],
    [
      card.measures,
      Object.entries(measures)
        .map(([measure, value]) => `${measure} ${value}`)
        .join(' · '),
    ],
    [card.latency, latency === null ? null : spanOf(latency)],
    [card.uptime, PERIODS.flatMap(one => uptimeOf(period[one], uptime?.[one] ?? null)).join(' · ')],
    [card.every, fill(everyInterval, { interval: formatDuration(intervalMs / 1000, 2) })],
  ];
  return (
    <>
      <h2 className={classes.name}>{name}</h2>
      <dl className={classes.facts}>
        {facts
          .filter(([, fact]) => fact !== null && fact !== '')
          .map(([term, fact]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{fact}</dd>
            </div>
          ))}
      </dl>
    </>
  );
}

function spanOf({ min, avg, max }: NonNullable<ServiceRow['latency']>): string {
  return fill(latencySpan, { span: formatLatencySpan(min, max), avg: formatLatency(avg) });
}

function uptimeOf(title: string, percent: number | null): string[] {
  return percent === null ? [] : [`${title} ${formatUptime(percent)}`];
}
