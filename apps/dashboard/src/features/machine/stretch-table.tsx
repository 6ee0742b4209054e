import { useContext } from 'react';
import { counted, messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { ClockContext } from '../../ui/clock-context.ts';
import { formatDuration } from '../../ui/format.ts';
import { Moment } from '../../ui/moment.tsx';
import { reasonWord } from '../list/state-text.tsx';
import type { Stretch } from './state-timeline.ts';
import classes from './stretch-table.module.css';
import { Swatch } from './timeline-bar.tsx';

const { machine: texts } = messages;
const { listColumn } = texts;

/** More than these are not read one by one. */
const LISTED = 50;
/** A stretch is shown with as much again on either side, and never less than this. */
const AROUND_MS = 60_000;

interface StretchTableProps {
  /** In order of time. */
  readonly stretches: readonly Stretch[];
  readonly onZoom: (fromMs: number, toMs: number) => void;
}

/** The same as the bar, to read. */
export function StretchTable({ stretches, onZoom }: StretchTableProps) {
  const newest = stretches.toReversed().slice(0, LISTED);
  const more = stretches.length - newest.length;
  return (
    <div className={classes.list}>
      <table>
        <caption>{texts.listCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{listColumn.state}</th>
            <th scope="col">{listColumn.from}</th>
            <th scope="col">{listColumn.to}</th>
            <th scope="col" data-align="right">
              {listColumn.lasted}
            </th>
            <th scope="col">
              <span className={classes.spoken}>{listColumn.show}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {newest.map(stretch => (
            <Line key={stretch.fromMs} stretch={stretch} onZoom={onZoom} />
          ))}
        </tbody>
      </table>
      {more > 0 && <p>{counted(texts.listMore, more)}</p>}
    </div>
  );
}

function Line({ stretch, onZoom }: { stretch: Stretch; onZoom: StretchTableProps['onZoom'] }) {
  const { state, reason, fromMs, toMs } = stretch;
  const clock = useContext(ClockContext);
  const aroundMs = Math.max(AROUND_MS, toMs - fromMs);
  return (
    <tr>
      <th scope="row">
        <Swatch state={state} /> {texts.timelineState[state]}{' '}
        {reason !== null && <span className={classes.reason}>{reasonWord(reason)}</span>}
      </th>
      <td>
        <Moment at={new Date(fromMs).toISOString()} />
      </td>
      <td>
        <Moment at={new Date(toMs).toISOString()} />
      </td>
      <td data-align="right">{formatDuration((toMs - fromMs) / 1000, 2)}</td>
      <td data-align="right">
        <Button
          size="small"
          variant="quiet"
          title={texts.showHint}
          onClick={() => onZoom(fromMs - aroundMs, Math.min(clock.now(), toMs + aroundMs))}
        >
          {texts.show}
        </Button>
      </td>
    </tr>
  );
}
