import { fill, messages } from '../../messages/text.ts';
import { Icon } from '../../ui/icon.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import classes from './group-head.module.css';
import type { Group } from './groups.ts';
import { STATES_BY_BADNESS } from './sorting.ts';

const texts = messages.home.group;

interface GroupHeadProps {
  readonly label: string;
  readonly group: Group;
  readonly isFolded: boolean;
  readonly onFold: (group: Group) => void;
}

/** What the rows below have in common, how many are in which state, and the way to hide them. */
export function GroupHead({ label, group, isFolded, onFold }: GroupHeadProps) {
  const { value, counts, worst } = group;
  const name = value ?? fill(texts.without, { label });
  return (
    <button
      type="button"
      className={classes.head}
      data-worst={worst}
      aria-expanded={!isFolded}
      title={fill(isFolded ? texts.unfold : texts.fold, { group: name })}
      onClick={() => onFold(group)}
    >
      <span className={classes.arrow} data-folded={isFolded}>
        <Icon name="next" />
      </span>
      {value !== null && <span className={classes.label}>{label}</span>}
      <span className={classes.name}>{name}</span>
      <span className={classes.total}>{counts.total}</span>
      <span className={classes.states}>
        {STATES_BY_BADNESS.filter(state => counts[state] > 0).map(state => (
          <span key={state} className={classes.state} data-state={state}>
            <StateMark state={state} />
            {counts[state]} <span className={classes.word}>{messages.state[state]}</span>
          </span>
        ))}
      </span>
    </button>
  );
}
