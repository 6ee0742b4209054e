import { useState } from 'react';
import { counted, fill, messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Records } from '../../ui/records.tsx';
import type { Asked } from './asked.ts';
import { machineColumns } from './machine-columns.tsx';
import { type MachineLine, matching } from './machine-line.ts';
import classes from './machines-panel.module.css';
import { SelectionBar } from './selection-bar.tsx';

const texts = messages.editor.table;

interface PanelProps {
  readonly network: string;
  /** `null`: they are being read. */
  readonly lines: readonly MachineLine[] | null;
  readonly onAsk: (asked: Asked) => void;
}

/** The machines of the file, and what can be done about one or many of them. */
export function MachinesPanel({ network, lines, onAsk }: PanelProps) {
  const [filter, setFilter] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const shown = lines === null ? null : matching(lines, filter);
  // One that is gone meanwhile, or not in sight, is not meant.
  const meant = (shown ?? []).filter(({ entry }) => chosen.has(entry.name));
  const choose = (name: string, isChosen: boolean): void => {
    const next = new Set(chosen);
    if (isChosen) next.add(name);
    else next.delete(name);
    setChosen(next);
  };
  if (lines?.length === 0) return <NoMachines onAdd={() => onAsk({ kind: 'add' })} />;
  return (
    <Panel>
      <SelectionBar
        shown={shown ?? []}
        meant={meant}
        filter={filter}
        onFilter={setFilter}
        onChoose={names => setChosen(new Set(names))}
        onAsk={onAsk}
      />
      <div className={classes.records} aria-busy={shown === null}>
        <Records
          caption={fill(texts.caption, { network })}
          columns={machineColumns({ network, chosen, onChoose: choose, onAsk })}
          items={shown}
          keyOf={({ entry }) => entry.name}
          isPast={({ machine }) => machine?.pause != null}
          isDense
        />
      </div>
      {lines !== null && shown?.length === 0 && (
        <p className={classes.none}>
          {fill(texts.noMatch, { filter })} {counted(messages.machines.howMany, lines.length)}
        </p>
      )}
    </Panel>
  );
}

function NoMachines({ onAdd }: { onAdd: () => void }) {
  return (
    <Notice
      title={texts.emptyTitle}
      action={
        <Button variant="primary" icon={<Icon name="plus" />} onClick={onAdd}>
          {texts.emptyAction}
        </Button>
      }
    >
      <p>{texts.emptyText}</p>
    </Notice>
  );
}
