import { useEffect } from 'react';
import { messages } from '../../messages/text.ts';
import { Icon } from '../../ui/icon.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import type { Deed, Entry } from './entries.ts';
import type { FoundGroup } from './find.ts';
import classes from './palette.module.css';

const texts = messages.palette;

interface OptionsProps {
  readonly id: string;
  readonly idOf: (entry: string) => string;
  readonly groups: readonly FoundGroup[];
  /** Which entry Enter chooses. */
  readonly active: string | undefined;
  readonly onPoint: (entry: string) => void;
  readonly onChoose: (deed: Deed) => void;
}

/** What was found, under its headings. The focus stays in the field; the one that is marked is told by its id. */
export function Options({ id, idOf, groups, active, onPoint, onChoose }: OptionsProps) {
  const activeId = active === undefined ? undefined : idOf(active);
  useEffect(() => {
    if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);
  return (
    <div role="listbox" id={id} aria-label={texts.results} className={classes.list}>
      {groups.map(({ group, entries }) => (
        <div key={group} role="group" aria-labelledby={idOf(group)}>
          <div id={idOf(group)} role="presentation" className={classes.heading}>
            {texts.group[group]}
          </div>
          {entries.map(entry => (
            <Option
              key={entry.id}
              id={idOf(entry.id)}
              entry={entry}
              isActive={entry.id === active}
              onPoint={() => onPoint(entry.id)}
              onChoose={() => onChoose(entry.deed)}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly entry: Entry;
  readonly isActive: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}

function Option({ id, entry: { label, detail, state, icon }, isActive, onPoint, onChoose }: OptionProps) {
  return (
    // The keys are those of the field.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      role="option"
      id={id}
      aria-selected={isActive}
      className={classes.option}
      onMouseMove={onPoint}
      onClick={onChoose}
    >
      <span className={classes.mark}>
        {state !== null && <StateMark state={state} />}
        {icon !== null && <Icon name={icon} />}
      </span>
      <span className={classes.label}>{label}</span>
      <span className={classes.detail}>{detail}</span>
      {state !== null && <span className={classes.state}>{messages.state[state]}</span>}
    </div>
  );
}
