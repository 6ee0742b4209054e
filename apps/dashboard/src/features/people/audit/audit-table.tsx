import type { AuditItem } from '../../../api/people-client.ts';
import { fill, messages } from '../../../messages/text.ts';
import { Moment } from '../../../ui/moment.tsx';
import { MoreCard } from '../../../ui/act-menu.tsx';
import { type RecordColumn, Records } from '../../../ui/records.tsx';
import classes from './audit-page.module.css';
import { detailLines } from './detail-lines.ts';
import { didText } from './did.ts';

const texts = messages.audit;
/** How the log calls the server itself. */
const SERVER = 'server';

interface AuditTableProps {
  /** `null`: they are being read. */
  readonly entries: readonly AuditItem[] | null;
  /** Shows only what somebody did; left out where that is shown already. */
  readonly onActor: ((actor: string) => void) | undefined;
}

/** Entries of the log, the newest first. */
export function AuditTable({ entries, onActor }: AuditTableProps) {
  return (
    <Records caption={texts.caption} columns={columnsOf(onActor)} items={entries} keyOf={({ id }) => id} isDense />
  );
}

function columnsOf(onActor: AuditTableProps['onActor']): RecordColumn<AuditItem>[] {
  const { column } = texts;
  return [
    {
      key: 'at',
      label: column.at,
      widthPx: 204,
      render: ({ at }) => (
        <span className={classes.at}>
          <Moment at={at} />
        </span>
      ),
    },
    { key: 'who', label: column.who, widthPx: 230, render: ({ actor }) => <Actor actor={actor} onActor={onActor} /> },
    {
      key: 'what',
      label: column.what,
      part: 'head',
      render: entry => <span className={classes.did}>{didText(entry)}</span>,
    },
    { key: 'address', label: column.address, widthPx: 140, render: ({ address }) => address },
    { key: 'end', label: column.end, part: 'end', widthPx: 56, render: entry => <Details entry={entry} /> },
  ];
}

function Actor({ actor, onActor }: { actor: string; onActor: AuditTableProps['onActor'] }) {
  const who = actor === SERVER ? texts.server : actor;
  if (onActor === undefined) return who;
  return (
    <button
      type="button"
      className={classes.who}
      title={fill(texts.filterActor, { who })}
      onClick={() => onActor(actor)}
    >
      {who}
    </button>
  );
}

function Details({ entry }: { entry: AuditItem }) {
  return (
    <MoreCard hint={fill(texts.detailsOf, { what: didText(entry) })}>
      <dl className={classes.lines}>
        <dt>{texts.detail.at}</dt>
        <dd>
          <Moment at={entry.at} />
          <br />
          {entry.at}
        </dd>
        {detailLines(entry).map(({ name, text }, index) => (
          // Names may be the same; their order never changes.
          <div key={index}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </MoreCard>
  );
}
