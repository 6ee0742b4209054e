import type { ReactNode } from 'react';
import { messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PageHeader } from '../../ui/page.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { useUrlParam } from '../../ui/use-url-param.ts';
import classes from './editor-page.module.css';
import { MachinesPanel } from './machines-panel.tsx';

const texts = messages.editor;
const VIEWS = [
  { value: 'machines', label: texts.view.machines },
  { value: 'file', label: texts.view.file },
] as const;
/** Keeps the line of what is not known yet, so that nothing below moves when it is. */
const NOT_YET = '\u00a0';

interface HeadProps {
  /** How many machines there are, in words; `null`: not known yet. */
  readonly count: string | null;
  /** `null`: not before the machines are known. */
  readonly onAdd: (() => void) | null;
}

/** What the page is called, and the way to more machines. */
export function EditorHead({ count, onAdd }: HeadProps) {
  return (
    <div className={classes.head}>
      <PageHeader title={texts.title}>
        <span className={classes.count}>{count ?? NOT_YET}</span>
        <Button variant="primary" icon={<Icon name="plus" />} aria-disabled={onAdd === null} onClick={() => onAdd?.()}>
          {texts.add.open}
        </Button>
      </PageHeader>
    </div>
  );
}

interface WaysProps {
  /** Who changed the file last; `null`: not known yet. */
  readonly last: ReactNode;
}

/** The machines, or the file itself. */
export function EditorWays({ last }: WaysProps) {
  const [view, setView] = useUrlParam('view');
  return (
    <div className={classes.ways}>
      <Segmented
        label={texts.view.label}
        segments={VIEWS}
        value={view === 'file' ? 'file' : 'machines'}
        onChange={next => setView(next === 'machines' ? '' : next)}
      />
      <p className={classes.last}>{last ?? NOT_YET}</p>
    </div>
  );
}

/** The page before it is known which networks there are: everything already stands where it is going to be. */
export function EditorSkeleton() {
  return (
    <>
      <EditorHead count={null} onAdd={null} />
      <EditorWays last={null} />
      {/* What would be typed into its filter now would be lost. */}
      <div inert>
        <MachinesPanel network="" lines={null} onAsk={() => undefined} />
      </div>
    </>
  );
}
