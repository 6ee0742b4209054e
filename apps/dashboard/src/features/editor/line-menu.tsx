import { fill, messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PopCard } from '../../ui/pop-card.tsx';
import type { Asked } from './asked.ts';
import classes from './machines-panel.module.css';
import type { MachineLine } from './machine-line.ts';

const texts = messages.editor.action;

interface MenuProps {
  readonly line: MachineLine;
  readonly onAsk: (asked: Asked) => void;
}

/** What can be done about a machine. */
export function LineMenu({ line: { entry, machine }, onAsk }: MenuProps) {
  const names = [entry.name];
  const pause = machine?.pause ?? null;
  return (
    <span className={classes.acts}>
      <Button
        size="small"
        variant="quiet"
        icon={<Icon name="edit" />}
        aria-label={fill(texts.changeOf, { name: entry.name })}
        onClick={() => onAsk({ kind: 'change', entry })}
      >
        {texts.change}
      </Button>
      <PopCard
        side="end"
        className={classes.more ?? ''}
        hint={fill(texts.more, { name: entry.name })}
        label={<Icon name="more" />}
      >
        <ul className={classes.menu}>
          {pause === null ? (
            <Item act="pause" onPress={() => onAsk({ kind: 'pause', names, pause: null })} />
          ) : (
            <>
              <Item act="resume" onPress={() => onAsk({ kind: 'resume', names })} />
              <Item act="changePause" onPress={() => onAsk({ kind: 'pause', names, pause })} />
            </>
          )}
          <Item act="remove" onPress={() => onAsk({ kind: 'remove', names })} />
        </ul>
      </PopCard>
    </span>
  );
}

interface ItemProps {
  readonly act: 'pause' | 'resume' | 'changePause' | 'remove';
  readonly onPress: () => void;
}

function Item({ act, onPress }: ItemProps) {
  return (
    <li>
      <button
        type="button"
        data-act={act}
        onClick={event => {
          // First, so that the focus is on the button of the menu, to which it comes back after the dialog.
          event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
          onPress();
        }}
      >
        {texts[act]}
      </button>
    </li>
  );
}
