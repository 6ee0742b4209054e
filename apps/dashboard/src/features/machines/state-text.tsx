import { fill, messages } from '../../messages/text.ts';
import { useClockValue } from '../../ui/clock-context.ts';
import { formatDuration, formatFullMoment } from '../../ui/format.ts';
import type { MachineRow } from './machine-row.ts';
import classes from './machine-table.module.css';

/** A sample this fresh is what happens now. */
const LIVE_S = 5;

/** The word for a state, why, and for how long: "Down  refused  12 m". */
export function StateText({ row }: { row: MachineRow }) {
  return (
    <span className={classes.state} data-state={row.state}>
      <span className={classes.word}>{messages.state[row.state]}</span>
      {row.reason !== null && <Reason reason={row.reason} />}
      {row.since !== null && <Since at={row.since} />}
    </span>
  );
}

/** A reason that this page does not know yet is shown as the server names it. */
function Reason({ reason }: { reason: string }) {
  const words: Readonly<Record<string, string>> = messages.reason;
  const hints: Readonly<Record<string, string>> = messages.reasonHint;
  return (
    <span className={classes.reason} title={hints[reason]}>
      {words[reason] ?? reason.replaceAll('_', ' ')}
    </span>
  );
}

function Since({ at }: { at: string }) {
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

/** How old the last sample is. */
export function Age({ valuesAt }: { valuesAt: number | null }) {
  const text = useClockValue(now => ageText(valuesAt, now));
  return <span data-live={text === messages.table.live}>{text}</span>;
}

function ageText(valuesAt: number | null, now: number): string {
  if (valuesAt === null) return messages.table.noValue;
  const ageS = (now - valuesAt) / 1000;
  return ageS < LIVE_S ? messages.table.live : formatDuration(ageS);
}
