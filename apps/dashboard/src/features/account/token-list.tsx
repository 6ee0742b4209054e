import { useContext, useState } from 'react';
import type { TokenItem } from '../../api/people-client.ts';
import { counted, fill, messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { ClockContext } from '../../ui/clock-context.ts';
import { Ago, Day } from '../../ui/moment.tsx';
import { type RecordColumn, Records } from '../../ui/records.tsx';
import { Tag } from '../../ui/tag.tsx';
import classes from './own-account.module.css';
import { scopeSentences, tokenState } from './token-state.ts';

const texts = messages.people.token;

interface TokenListProps {
  /** `null`: they are being read. */
  readonly tokens: readonly TokenItem[] | null;
  /** What their owner may do. */
  readonly own: readonly string[];
  readonly onRevoke: (token: TokenItem) => void;
}

/** The tokens that work, and when asked for also those that have ended. */
export function TokenList({ tokens, own, onRevoke }: TokenListProps) {
  const [isAll, setIsAll] = useState(false);
  const clock = useContext(ClockContext);
  const isPast = (token: TokenItem): boolean => tokenState(token, clock.now()) !== 'good';
  const good = tokens?.filter(token => !isPast(token)) ?? null;
  const ended = tokens?.filter(isPast) ?? [];
  return (
    <>
      {good?.length === 0 && !isAll ? (
        <NoTokens />
      ) : (
        <Records
          caption={texts.caption}
          columns={columnsOf({ own, onRevoke, isPast })}
          items={isAll && good !== null ? [...good, ...ended] : good}
          keyOf={({ id }) => id}
          isPast={isPast}
        />
      )}
      {ended.length > 0 && !isAll && (
        <div className={classes.foot}>
          <Button size="small" variant="quiet" onClick={() => setIsAll(true)}>
            {counted(texts.showEnded, ended.length)}
          </Button>
        </div>
      )}
    </>
  );
}

interface ColumnParts extends Pick<TokenListProps, 'own' | 'onRevoke'> {
  readonly isPast: (token: TokenItem) => boolean;
}

function columnsOf({ own, onRevoke, isPast }: ColumnParts): RecordColumn<TokenItem>[] {
  const { column } = texts;
  return [
    { key: 'name', label: column.name, part: 'head', render: token => <TokenName token={token} /> },
    { key: 'scopes', label: column.scopes, render: ({ scopes }) => <Scopes sentences={scopeSentences(scopes, own)} /> },
    {
      key: 'used',
      label: column.used,
      widthPx: 125,
      render: ({ lastUsedAt }) => (lastUsedAt === null ? messages.people.never : <Ago at={lastUsedAt} />),
    },
    { key: 'ends', label: column.ends, widthPx: 125, render: token => <Ends token={token} /> },
    {
      key: 'end',
      label: column.end,
      part: 'end',
      widthPx: 126,
      render: token =>
        isPast(token) ? null : (
          <Button
            size="small"
            aria-label={fill(texts.revokeHint, { name: token.name })}
            onClick={() => onRevoke(token)}
          >
            {texts.revoke}
          </Button>
        ),
    },
  ];
}

function TokenName({ token: { name, hint } }: { token: TokenItem }) {
  return (
    <>
      <span className={classes.name}>{name}</span>
      <code className={classes.sub}>{hint}…</code>
    </>
  );
}

function Scopes({ sentences }: { sentences: readonly string[] }) {
  return (
    <ul className={classes.scopes}>
      {sentences.map(sentence => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

function Ends({ token }: { token: TokenItem }) {
  const clock = useContext(ClockContext);
  const state = tokenState(token, clock.now());
  if (state === 'revoked') return <Tag>{texts.revoked}</Tag>;
  if (state === 'expired') return <Tag>{texts.expired}</Tag>;
  return token.expiresAt === null ? texts.until : <Day at={token.expiresAt} />;
}

function NoTokens() {
  return (
    <div className={classes.empty}>
      <h3>{texts.emptyTitle}</h3>
      <p>{texts.emptyText}</p>
    </div>
  );
}
