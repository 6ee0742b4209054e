import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { StateChange } from '../../api/events-client.ts';
import { fill, messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { formatDay, formatDuration, formatFullMoment, formatTime } from '../../ui/format.ts';
import { utcText } from '../../ui/ago.ts';
import { Panel } from '../../ui/panel.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import classes from './events.module.css';
import { type Day, daysAgo, groupByDay } from './group-by-day.ts';

const texts = messages.events;

interface TimelineProps {
  readonly network: string;
  /** The newest first. */
  readonly events: readonly StateChange[];
  readonly hasMore: boolean;
  readonly isReadingMore: boolean;
  readonly onMore: () => void;
}

/** Events under the days on which they happened. */
export function Timeline({ network, events, hasMore, isReadingMore, onMore }: TimelineProps) {
  return (
    <Panel>
      {groupByDay(events).map(day => (
        <DayOfEvents key={day.startMs} network={network} day={day} />
      ))}
      <div className={classes.foot}>
        {hasMore ? (
          <Button size="small" aria-disabled={isReadingMore} onClick={() => !isReadingMore && onMore()}>
            {isReadingMore ? texts.loadingMore : texts.more}
          </Button>
        ) : (
          texts.end
        )}
      </div>
    </Panel>
  );
}

function DayOfEvents({ network, day }: { network: string; day: Day<StateChange> }) {
  return (
    <section className={classes.day}>
      <h2 className={classes.date}>{dayName(day.startMs)}</h2>
      <ol className={classes.events}>
        {day.items.map(event => (
          <Event key={event.id} network={network} event={event} />
        ))}
      </ol>
    </section>
  );
}

function dayName(startMs: number): string {
  const ago = daysAgo(startMs, Date.now());
  if (ago === 0) return texts.today;
  return ago === 1 ? texts.yesterday : formatDay(startMs);
}

function Event({ network, event }: { network: string; event: StateChange }) {
  const { to, reason, because, removed, kind } = event;
  return (
    <li className={classes.event} data-state={to}>
      <EventTime at={event.at} />
      <StateMark state={to} />
      <div className={classes.what}>
        <span className={classes.sentence}>
          <Sentence network={network} event={event} />
        </span>
        {kind === 'service' && <span className={classes.label}>{texts.service}</span>}
        {removed && <span className={classes.label}>{texts.removed}</span>}
        {reason !== null && (
          <span className={classes.reason} title={messages.reasonHint[reason]}>
            {messages.reason[reason]}
          </span>
        )}
        <Before event={event} />
        <div className={classes.because}>{because}</div>
      </div>
    </li>
  );
}

function EventTime({ at }: { at: string }) {
  const instant = Date.parse(at);
  return (
    <time
      className={classes.time}
      dateTime={at}
      title={fill(messages.moment.both, { moment: formatFullMoment(instant), utc: utcText(instant) })}
    >
      {formatTime(instant)}
    </time>
  );
}

/** Who, and what became of it: the name within the sentence leads to the machine's page. */
function Sentence({ network, event: { from, to, machine, kind, removed } }: { network: string; event: StateChange }) {
  const [before = '', after = ''] = (from === null ? texts.first : texts.became)[to].split('{name}');
  const name: ReactNode =
    kind === 'machine' && !removed ? (
      <Link to="/machines/$network/$machine" params={{ network, machine }} className={classes.name}>
        {machine}
      </Link>
    ) : (
      <b>{machine}</b>
    );
  return (
    <>
      {before}
      {name}
      {after}
    </>
  );
}

function Before({ event: { from, lastedSeconds } }: { event: StateChange }) {
  if (from === null || lastedSeconds === null) return null;
  const duration = formatDuration(lastedSeconds, 2);
  return <span className={classes.before}>{fill(texts.after[from], { duration })}</span>;
}
