import { fill, messages } from '../../messages/text.ts';
import { useClockValue } from '../../ui/clock-context.ts';
import { Explain } from '../../ui/explain.tsx';
import { formatDuration, formatFullMoment } from '../../ui/format.ts';
import type { StateRow } from './state-row.ts';
import classes from './state-text.module.css';

/** A sample this fresh is what happens now. */
const LIVE_S = 5;

/** The word for a state, why, and for how long: "Down  refused  12 m". */
export function StateText({ row }: { row: StateRow }) {
  return (
    <span className={classes.state} data-state={row.state}>
      <span className={classes.word}>{messages.state[row.state]}</span>
      {row.reason !== null && <Reason reason={row.reason} detail={row.detail} />}
      {row.since !== null && <Since at={row.since} />}
    </span>
  );
}

/** Why, in a word; and, where the last look has found more to say, in a sentence. */
function Reason({ reason, detail }: { reason: string; detail: string | null }) {
  const hints: Readonly<Record<string, string>> = messages.reasonHint;
  const word = reasonWord(reason);
  if (detail === null) {
    return (
      <span className={classes.reason} title={hints[reason]}>
        {word}
      </span>
    );
  }
  return (
    <Explain label={word} hint={detail} className={classes.reason}>
      <p>{detail}</p>
    </Explain>
  );
}

/** A reason that this page does not know yet is shown as the server names it. */
export function reasonWord(reason: string): string {
  const words: Readonly<Record<string, string>> = messages.reason;
  return words[reason] ?? reason.replaceAll('_', ' ');
}

/** For how long something has been as it is. */
export function Since({ at }: { at: string }) {
  const instant = Date.parse(at);
  const text = useClockValue(now => formatDuration((now - instant) / 1000));
  return (
    <time
      className={classes.since}
      dateTime={at}
      title={fill(messages.table.since, { moment: formatFullMoment(instant) })}
    >
      {text}
    </time>
  );
}

/** @param fresh what is said of something that happens now; without it, its age in seconds */
export function Age({ at, fresh }: { at: number | null; fresh?: string }) {
  const text = useClockValue(now => ageText(at, now, fresh));
  return <span data-live={text === fresh}>{text}</span>;
}

function ageText(at: number | null, now: number, fresh: string | undefined): string {
  if (at === null) return messages.table.noValue;
  const ageS = (now - at) / 1000;
  return fresh !== undefined && ageS < LIVE_S ? fresh : formatDuration(ageS);
}
