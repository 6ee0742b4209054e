import { counted, messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { Asked } from './asked.ts';
import type { MachineLine } from './machine-line.ts';
import classes from './machines-panel.module.css';

const texts = messages.editor.table;

interface BarProps {
  readonly shown: readonly MachineLine[];
  readonly meant: readonly MachineLine[];
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  readonly onChoose: (names: readonly string[]) => void;
  readonly onAsk: (asked: Asked) => void;
}

/** Finds machines, and does something to all that are chosen. */
export function SelectionBar({ shown, meant, filter, onFilter, onChoose, onAsk }: BarProps) {
  const areAll = shown.length > 0 && meant.length === shown.length;
  return (
    <div className={classes.bar} role="search" aria-label={texts.filter}>
      <label className={classes.all}>
        <input
          type="checkbox"
          aria-label={texts.chooseAll}
          checked={areAll}
          ref={input => {
            if (input !== null) input.indeterminate = meant.length > 0 && !areAll;
          }}
          onChange={() => onChoose(areAll ? [] : shown.map(({ entry }) => entry.name))}
        />
        <span>{meant.length === 0 ? texts.all : counted(texts.chosen, meant.length)}</span>
      </label>
      {meant.length > 0 ? (
        <Chosen meant={meant} onAsk={onAsk} onNone={() => onChoose([])} />
      ) : (
        <input
          className={classes.filter}
          type="search"
          aria-label={texts.filter}
          placeholder={texts.filterPlaceholder}
          value={filter}
          spellCheck={false}
          autoComplete="off"
          onChange={event => onFilter(event.currentTarget.value)}
        />
      )}
    </div>
  );
}

interface ChosenProps {
  readonly meant: readonly MachineLine[];
  readonly onAsk: (asked: Asked) => void;
  readonly onNone: () => void;
}

function Chosen({ meant, onAsk, onNone }: ChosenProps) {
  const names = meant.map(({ entry }) => entry.name);
  const paused = meant.filter(({ machine }) => machine?.pause != null).map(({ entry }) => entry.name);
  const { action } = messages.editor;
  return (
    <div className={classes.deeds}>
      {paused.length < names.length && (
        <Button size="small" icon={<Icon name="pause" />} onClick={() => onAsk({ kind: 'pause', names, pause: null })}>
          {action.pause}
        </Button>
      )}
      {paused.length > 0 && (
        <Button size="small" icon={<Icon name="play" />} onClick={() => onAsk({ kind: 'resume', names: paused })}>
          {action.resume}
        </Button>
      )}
      <Button
        size="small"
        variant="danger"
        icon={<Icon name="trash" />}
        onClick={() => onAsk({ kind: 'remove', names })}
      >
        {action.remove}
      </Button>
      <Button size="small" variant="quiet" onClick={onNone}>
        {texts.chooseNone}
      </Button>
    </div>
  );
}
