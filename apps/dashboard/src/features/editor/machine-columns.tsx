import { fill, messages } from '../../messages/text.ts';
import type { RecordColumn } from '../../ui/records.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { Tag } from '../../ui/tag.tsx';
import { reasonWord } from '../list/state-text.tsx';
import { MachineLink } from '../machines/machine-link.tsx';
import type { Asked } from './asked.ts';
import { LineMenu } from './line-menu.tsx';
import type { MachineLine } from './machine-line.ts';
import classes from './machines-panel.module.css';
import { pauseText } from './pause-text.ts';

const texts = messages.editor.table;

interface ColumnWishes {
  readonly network: string;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (name: string, isChosen: boolean) => void;
  readonly onAsk: (asked: Asked) => void;
}

/** What is told of each machine. */
export function machineColumns({ network, chosen, onChoose, onAsk }: ColumnWishes): RecordColumn<MachineLine>[] {
  const { column } = texts;
  return [
    {
      key: 'name',
      label: column.name,
      part: 'head',
      widthPx: 196,
      render: line => (
        <Name
          line={line}
          network={network}
          isChosen={chosen.has(line.entry.name)}
          onChoose={isChosen => onChoose(line.entry.name, isChosen)}
        />
      ),
    },
    { key: 'state', label: column.state, widthPx: 176, render: line => <State line={line} /> },
    { key: 'netdata', label: column.netdata, render: line => <Address line={line} /> },
    { key: 'labels', label: column.labels, widthPx: 196, render: line => labelsOf(line) },
    {
      key: 'end',
      label: column.end,
      part: 'end',
      widthPx: 138,
      render: line => <LineMenu line={line} onAsk={onAsk} />,
    },
  ];
}

interface NameProps {
  readonly line: MachineLine;
  readonly network: string;
  readonly isChosen: boolean;
  readonly onChoose: (isChosen: boolean) => void;
}

function Name({ line: { entry }, network, isChosen, onChoose }: NameProps) {
  return (
    <span className={classes.name}>
      <input
        type="checkbox"
        aria-label={fill(texts.choose, { name: entry.name })}
        checked={isChosen}
        onChange={event => onChoose(event.currentTarget.checked)}
      />
      <MachineLink network={network} name={entry.name} />
    </span>
  );
}

function State({ line: { machine } }: { line: MachineLine }) {
  if (machine === null) return <span className={classes.dim}>{texts.unseen}</span>;
  const { pause, verdict } = machine;
  const state = pause === null ? verdict.state : 'maintenance';
  return (
    <span className={classes.state} data-state={state}>
      <StateMark state={state} />
      <span>
        <span className={classes.word}>{pause === null ? messages.state[state] : texts.paused}</span>
        {pause === null && verdict.reason !== null && (
          <span className={classes.dim}> {reasonWord(verdict.reason)}</span>
        )}
        {pause !== null && (
          <span className={classes.sub} title={fill(texts.pausedBy, { who: pause.by })}>
            {[pauseText(pause), pause.note].filter(Boolean).join(' · ')}
          </span>
        )}
      </span>
    </span>
  );
}

function Address({ line: { entry } }: { line: MachineLine }) {
  const notes = [
    entry.auth === null ? null : fill(texts.auth, { auth: entry.auth }),
    entry.via === null ? null : fill(texts.via, { via: entry.via }),
    entry.charts.length === 0 ? null : fill(texts.charts, { count: entry.charts.length }),
  ].filter(note => note !== null);
  return (
    <>
      {entry.host ? texts.host : <span className={classes.mono}>{entry.netdata}</span>}
      {notes.length > 0 && <span className={classes.sub}>{notes.join(' · ')}</span>}
    </>
  );
}

function labelsOf({ entry: { labels } }: MachineLine) {
  const pairs = Object.entries(labels);
  if (pairs.length === 0) return null;
  return (
    <span className={classes.labels}>
      {pairs.map(([key, value]) => (
        <Tag key={key}>{`${key}=${value}`}</Tag>
      ))}
    </span>
  );
}
