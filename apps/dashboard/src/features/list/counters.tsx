import type { StateCounts, VerdictState } from '../../api/client.ts';
import { counted, fill, messages } from '../../messages/text.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import classes from './counters.module.css';
import { stateWordsOf, toggleState } from './filter-words.ts';

const STATES = ['up', 'degraded', 'down', 'unknown', 'maintenance'] as const;

interface CountersProps {
  readonly counts: StateCounts;
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
}

/** How many are in which state, to be read from afar; pressed, each shows its own only. */
export function Counters({ counts, filter, onFilter }: CountersProps) {
  const asked = stateWordsOf(filter);
  return (
    <div className={classes.counters} role="group" aria-label={messages.home.counters.label}>
      {STATES.map(state => (
        <Counter
          key={state}
          state={state}
          count={counts[state]}
          isOn={asked.includes(state)}
          onPress={() => onFilter(toggleState(filter, state))}
        />
      ))}
    </div>
  );
}

interface CounterProps {
  readonly state: VerdictState;
  readonly count: number;
  readonly isOn: boolean;
  readonly onPress: () => void;
}

function Counter({ state, count, isOn, onPress }: CounterProps) {
  const { only, off, short } = messages.home.counters;
  const word = messages.state[state];
  const hint = isOn ? fill(off, { count, state: word }) : counted(only, count, { state: word });
  return (
    <button
      type="button"
      className={classes.counter}
      data-state={state}
      data-empty={count === 0}
      aria-pressed={isOn}
      // There is nothing to show, unless it is what is asked for already.
      disabled={count === 0 && !isOn}
      title={hint}
      onClick={onPress}
    >
      <span className={classes.number}>{count}</span>
      <span className={classes.word}>
        <StateMark state={state} />
        <span className={classes.long}>{word}</span>
        <span className={classes.short} aria-hidden="true">
          {short[state]}
        </span>
      </span>
    </button>
  );
}
