import { counted, fill, messages } from '../../messages/text.ts';
import { formatDuration, formatFullMoment } from '../../ui/format.ts';
import { reasonWord } from '../list/state-text.tsx';
import { marksOf, type StateTotal, type Stretch, type TimelineState, totalsOf } from './state-timeline.ts';
import { utcHint } from './utc-hint.ts';
import classes from './timeline-bar.module.css';

const { machine: texts } = messages;

/** A stretch shorter than this part of the bar is not told from its neighbours. */
const LEAST_SHARE = 1 / 250;

/** How a machine was from one end of a range to the other: what was not up stands out, by pattern as well as by colour. */
export function TimelineBar({ stretches }: { stretches: readonly Stretch[] }) {
  const [first, last] = [stretches[0], stretches.at(-1)];
  if (first === undefined || last === undefined) return <div className={classes.bar} />;
  const { fromMs } = first;
  const lengthMs = last.toMs - fromMs;
  const share = (ms: number): string => `${(100 * ms) / lengthMs}%`;
  const [from, to] = [formatFullMoment(fromMs), formatFullMoment(last.toMs)];
  return (
    <div>
      <div className={classes.bar} role="img" aria-label={fill(texts.timeline, { from, to, totals: sumUp(stretches) })}>
        {marksOf(stretches, lengthMs * LEAST_SHARE).map(mark => (
          <span
            key={mark.fromMs}
            data-state={mark.state}
            title={stretchText(mark)}
            style={{ left: share(mark.fromMs - fromMs), width: share(mark.toMs - mark.fromMs) }}
          />
        ))}
      </div>
      <div className={classes.ends} aria-hidden="true">
        <span title={utcHint(fromMs)}>{from}</span>
        <span title={utcHint(last.toMs)}>{to}</span>
      </div>
    </div>
  );
}

function sumUp(stretches: readonly Stretch[]): string {
  return totalsOf(stretches)
    .map(total => `${texts.timelineState[total.state]} ${totalText(total)}`)
    .join(', ');
}

function stretchText({ state, reason, fromMs, toMs }: Stretch): string {
  const duration = formatDuration((toMs - fromMs) / 1000, 2);
  const [from, to] = [formatFullMoment(fromMs), formatFullMoment(toMs)];
  const values = { state: texts.timelineState[state], duration, from, to };
  return reason === null
    ? fill(texts.stretch, values)
    : fill(texts.stretchWhy, { ...values, reason: reasonWord(reason) });
}

/** Which states there were, for how long and how often; the key to the patterns of the bar. */
export function TimelineLegend({ totals }: { totals: readonly StateTotal[] }) {
  return (
    <ul className={classes.legend}>
      {totals.toReversed().map(total => (
        <li key={total.state} title={texts.timelineHint[total.state]}>
          <Swatch state={total.state} />
          {texts.timelineState[total.state]} <b>{totalText(total)}</b>
        </li>
      ))}
    </ul>
  );
}

/** How often is said of what should not be. */
function totalText({ state, seconds, times }: StateTotal): string {
  const duration = formatDuration(seconds, 2);
  return state === 'up' || state === 'unwatched' || times === 1
    ? duration
    : fill(texts.totalTimes, { duration, times: counted(texts.times, times) });
}

/** The pattern of a state. */
export function Swatch({ state }: { state: TimelineState }) {
  return <span className={classes.swatch} data-state={state} aria-hidden="true" />;
}
