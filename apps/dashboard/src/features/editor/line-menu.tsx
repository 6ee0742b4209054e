import { fill, messages } from '../../messages/text.ts';
import { Act, ActMenu } from '../../ui/act-menu.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
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
      <ActMenu hint={fill(texts.more, { name: entry.name })}>
        {pause === null ? (
          <Act onPress={() => onAsk({ kind: 'pause', names, pause: null })}>{texts.pause}</Act>
        ) : (
          <>
            <Act onPress={() => onAsk({ kind: 'resume', names })}>{texts.resume}</Act>
            <Act onPress={() => onAsk({ kind: 'pause', names, pause })}>{texts.changePause}</Act>
          </>
        )}
        <Act isFinal onPress={() => onAsk({ kind: 'remove', names })}>
          {texts.remove}
        </Act>
      </ActMenu>
    </span>
  );
}
