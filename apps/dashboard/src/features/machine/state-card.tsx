import type { Machine } from '../../api/client.ts';
import { counted, fill, messages } from '../../messages/text.ts';
import { useClockValue } from '../../ui/clock-context.ts';
import { formatDuration, formatLatency } from '../../ui/format.ts';
import { Moment } from '../../ui/moment.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { reasonWord } from '../list/state-text.tsx';
import { CheckList } from '../machines/checks.tsx';
import type { MachineRow } from '../machines/machine-row.ts';
import classes from './state-card.module.css';

const { machine: texts } = messages;

interface StateCardProps {
  readonly machine: Machine;
  readonly row: MachineRow;
}

/** How it is, why, since when, and what the last look found. */
export function StateCard({ machine, row }: StateCardProps) {
  return (
    <section className={classes.card} data-state={row.state} aria-label={texts.stateLabel}>
      <p className={classes.head} role="status">
        <span className={classes.word}>
          <StateMark state={row.state} />
          {messages.state[row.state]}
        </span>
        {row.reason !== null && <span className={classes.reason}>{reasonWord(row.reason)}</span>}
        {row.since !== null && <SinceWhen at={row.since} />}
      </p>
      {machine.pause == null && <LastLook machine={machine} row={row} />}
      {machine.pause == null ? <p className={classes.why}>{sentenceOf(row)}</p> : <PauseText pause={machine.pause} />}
      {machine.checks.length > 0 && (
        <div className={classes.checks}>
          <h2 title={texts.checksHint}>{texts.checks}</h2>
          <CheckList checks={machine.checks} />
        </div>
      )}
    </section>
  );
}

/** For how long, and from which moment on. */
function SinceWhen({ at }: { at: string }) {
  const instant = Date.parse(at);
  const duration = useClockValue(now => formatDuration((now - instant) / 1000, 2));
  const [before = '', after = ''] = texts.since.split('{moment}');
  return (
    <span className={classes.since}>
      <b>{fill(texts.for, { duration })}</b>
      <span>
        {before}
        <Moment at={at} />
        {after}
      </span>
    </span>
  );
}

/** Why it is as it is: what the last look found is closest to the truth, then what the reason means. */
function sentenceOf({ state, reason, detail }: MachineRow): string {
  const hints: Readonly<Record<string, string>> = messages.reasonHint;
  if (detail !== null) return detail;
  if (reason !== null) return `${hints[reason] ?? reasonWord(reason)}.`;
  return texts.stateHint[state];
}

/** Who paused it, until when, and what for. */
function PauseText({ pause: { by, since, until, note } }: { pause: NonNullable<Machine['pause']> }) {
  return (
    <p className={classes.why}>
      {fill(texts.paused, { by })} <Moment at={since} />
      {until !== null && (
        <>
          {' '}
          {texts.pausedUntil} <Moment at={until} />
        </>
      )}
      {note !== null && <q>{note}</q>} <span className={classes.look}>{texts.stateHint.maintenance}</span>
    </p>
  );
}

function LastLook({ machine: { latest }, row }: StateCardProps) {
  if (latest === null) return <p className={classes.look}>{texts.neverChecked}</p>;
  return (
    <p className={classes.look}>
      {row.state === 'down' && latest.misses > 0 && `${counted(texts.misses, latest.misses)} `}
      <Checked at={latest.observedAt} latencyMs={latest.reachable ? latest.latencyMs : null} />
    </p>
  );
}

function Checked({ at, latencyMs }: { at: string; latencyMs: number | null }) {
  const instant = Date.parse(at);
  const ago = useClockValue(now => formatDuration((now - instant) / 1000));
  const checked = fill(texts.checked, { ago });
  return latencyMs === null ? checked : fill(texts.checkedFine, { ago, latency: formatLatency(latencyMs) });
}
