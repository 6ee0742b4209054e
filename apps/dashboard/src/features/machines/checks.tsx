import type { MachineCheck, VerdictState } from '../../api/client.ts';
import { counted, fill, messages } from '../../messages/text.ts';
import { Explain } from '../../ui/explain.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { reasonWord, Since } from '../list/state-text.tsx';
import classes from './checks.module.css';
import { failingChecks } from './failing-checks.ts';

/** How the checks of a machine are: those that fail stand out, and all of them are told of when asked for. */
export function Checks({ checks }: { checks: readonly MachineCheck[] }) {
  if (checks.length === 0) return null;
  const failing = failingChecks(checks).length;
  const total = checks.length;
  const sentence =
    failing === 0
      ? counted(messages.machines.checks, total)
      : counted(messages.machines.checksFail, failing, { total });
  return (
    <span className={classes.checks} data-failing={failing > 0}>
      <Explain hint={sentence} className={classes.word} label={<Label failing={failing} {...{ total, sentence }} />}>
        <CheckList checks={checks} />
      </Explain>
    </span>
  );
}

/** Each check with how it is and what it found. */
export function CheckList({ checks }: { checks: readonly MachineCheck[] }) {
  return (
    <ul className={classes.list}>
      {checks.map(check => (
        <CheckItem key={check.monitor} check={check} />
      ))}
    </ul>
  );
}

/** A sentence, or two numbers where the name needs the room. */
function Label({ failing, total, sentence }: { failing: number; total: number; sentence: string }) {
  return (
    <>
      {failing > 0 && <StateMark state="degraded" />}
      <span className={classes.long}>{sentence}</span>
      <span className={classes.short}>{fill(messages.machines.checksShort, { failing, total })}</span>
    </>
  );
}

function CheckItem({ check }: { check: MachineCheck }) {
  const { monitor, kind, reason, detail, since } = check;
  const state = stateOf(check);
  return (
    <li>
      <StateMark state={state} />
      <div>
        <b>{monitor}</b> <span className={classes.kind}>{kind === monitor ? '' : kind}</span>{' '}
        <span className={classes.state} data-state={state}>
          {reason === null ? messages.machines.checkFine : reasonWord(reason)}
        </span>{' '}
        <Since at={since} />
        {detail !== null && <p>{detail}</p>}
      </div>
    </li>
  );
}

function stateOf({ reachable, reason }: MachineCheck): VerdictState {
  if (reachable) return 'up';
  return reason === 'unobserved' ? 'unknown' : 'down';
}
