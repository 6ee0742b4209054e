import { Link } from '@tanstack/react-router';
import { type ReactNode, useState, useSyncExternalStore } from 'react';
import { fill, messages } from '../../messages/text.ts';
import { PageLink } from '../../ui/page-link.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { useWidthStep } from '../../ui/use-media.ts';
import { withStates } from '../list/filter-words.ts';
import { keepOrder } from '../list/keep-order.ts';
import { reasonWord, Since } from '../list/state-text.tsx';
import type { StateRow } from '../list/state-row.ts';
import { usePointerHold } from '../list/use-pointer-hold.ts';
import { machinePage } from '../machines/machine-page-of.ts';
import { type Concern, CONCERNING, concernsOf, splitConcerns, viewOfMost } from './attention.ts';
import classes from './attention-strip.module.css';
import type { NetworkStores } from './network-stores.ts';

/** Window widths in px from which on there is room for one more card side by side. */
const CARD_STEPS: readonly number[] = [640, 960, 1280, 1600];
/** At phone width they are one below the other, and the list is what most people come for. */
const ROOM_OF_PHONE = 3;
const LINES = 2;

const texts = messages.home.attention;

interface StripProps {
  readonly network: string;
  readonly stores: NetworkStores;
  /** How many there are going to be, as long as the lists are being read; else `null`. */
  readonly expected: number | null;
}

/** What needs somebody, the worst first; nothing at all while everything is well. */
export function AttentionStrip({ network, stores: { machines, services }, expected }: StripProps) {
  useSyncExternalStore(machines.subscribeList, machines.version);
  useSyncExternalStore(services.subscribeList, services.version);
  const [isHeld, hold] = usePointerHold();
  const concerns = useHeld(concernsOf(machines.rows(), services.rows()), isHeld);
  const step = useWidthStep(CARD_STEPS);
  const room = step === 0 ? ROOM_OF_PHONE : (step + 1) * LINES;
  if (expected !== null) return <WaitingStrip count={Math.min(expected, room)} />;
  const { shown, hidden } = splitConcerns(concerns, room);
  if (concerns.length === 0) return null;
  return (
    <section className={classes.strip} aria-label={texts.label} {...hold}>
      <ul>
        {shown.map(concern => (
          <li key={keyOf(concern)}>
            <ConcernCard network={network} {...concern} />
          </li>
        ))}
        {hidden.length > 0 && (
          <li>
            <MoreCard network={network} hidden={hidden} />
          </li>
        )}
      </ul>
    </section>
  );
}

/** Keeps the room that the cards are going to take, so that the list below does not jump. */
function WaitingStrip({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <div className={classes.strip} aria-hidden="true">
      <ul>
        {Array.from({ length: count }, (_, index) => (
          <li key={index} className={classes.waiting} />
        ))}
      </ul>
    </div>
  );
}

/** No card moves away under the pointer. */
function useHeld(wanted: readonly Concern[], isHeld: boolean): readonly Concern[] {
  const [held, setHeld] = useState<readonly string[]>([]);
  const keys = wanted.map(keyOf);
  const order = isHeld ? keepOrder(held, keys) : keys;
  if (order.join('\n') !== held.join('\n')) setHeld(order);
  const byKey = new Map(wanted.map(concern => [keyOf(concern), concern]));
  return order.flatMap(key => byKey.get(key) ?? []);
}

function keyOf({ kind, row }: Concern): string {
  return `${kind} ${row.name}`;
}

function ConcernCard({ network, kind, row }: Concern & { network: string }) {
  const content = <ConcernText row={row} aside={kind === 'service' ? texts.service : null} />;
  const shared = { className: classes.card, 'data-state': row.state };
  if (kind === 'machine') {
    return (
      <Link {...machinePage(network, row.name)} {...shared}>
        {content}
      </Link>
    );
  }
  return (
    <PageLink href={listHref(network, 'services', row.name)} {...shared}>
      {content}
    </PageLink>
  );
}

function ConcernText({ row, aside }: { row: StateRow; aside: ReactNode }) {
  const why = whyOf(row);
  return (
    <>
      <span className={classes.who}>
        <StateMark state={row.state} />
        <b>{row.name}</b>
        {aside !== null && <span className={classes.aside}>{aside}</span>}
        {row.since !== null && <Since at={row.since} />}
      </span>
      <span className={classes.why} title={row.detail ?? why}>
        <span className={classes.word}>{messages.state[row.state]}</span> {why}
      </span>
    </>
  );
}

/** Why, in words that fit into a card; what the last look found is longer and begins with an address. */
function whyOf({ reason, detail }: StateRow): string {
  const hints: Readonly<Record<string, string>> = messages.reasonHint;
  return reason === null ? (detail ?? '') : (hints[reason] ?? reasonWord(reason));
}

function MoreCard({ network, hidden }: { network: string; hidden: readonly Concern[] }) {
  return (
    <PageLink
      className={classes.more}
      href={listHref(network, viewOfMost(hidden), withStates('', CONCERNING))}
      title={texts.moreHint}
    >
      {fill(texts.more, { count: hidden.length })}
    </PageLink>
  );
}

function listHref(network: string, view: 'machines' | 'services', filter: string): string {
  return `/?${new URLSearchParams({ network, view, q: filter }).toString()}`;
}
