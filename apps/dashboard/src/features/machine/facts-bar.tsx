import type { Machine } from '../../api/client.ts';
import { messages } from '../../messages/text.ts';
import { Age } from '../list/state-text.tsx';
import type { MachineRow } from '../machines/machine-row.ts';
import { type Fact, factsOf } from './facts.ts';
import classes from './facts-bar.module.css';

const { fact, factHint, facts: label } = messages.machine;

interface FactsBarProps {
  readonly machine: Machine;
  readonly row: MachineRow;
  readonly isStale: boolean;
}

/** What the machine is, in one line where there is room. */
export function FactsBar({ machine, row, isStale }: FactsBarProps) {
  const known = factsOf(machine, row);
  if (known.length === 0 && row.valuesAt === null) return null;
  return (
    <dl className={classes.facts} aria-label={label}>
      {known.map(one => (
        <FactItem key={one.key} fact={one} isStale={isStale && one.isFromValues === true} />
      ))}
      {row.valuesAt !== null && (
        <div title={factHint.sample}>
          <dt>{fact.sample}</dt>
          <dd>
            <Age at={row.valuesAt} fresh={messages.machines.live} />
          </dd>
        </div>
      )}
    </dl>
  );
}

function FactItem({ fact: { label: term, text, hint, isDoubtful }, isStale }: { fact: Fact; isStale: boolean }) {
  return (
    <div title={hint} data-doubtful={isDoubtful} data-stale={isStale}>
      <dt>{term}</dt>
      <dd>{text}</dd>
    </div>
  );
}
