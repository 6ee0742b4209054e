import type { EntityManager } from '@mikro-orm/postgresql';
import { instantOf, msOf } from './accounts/instants.ts';
import type { EventWish, StateEvent } from './events.types.ts';
import { withoutNul } from './without-nul.ts';

interface EventRow extends Omit<StateEvent, 'eventId' | 'at' | 'lastedSeconds'> {
  readonly id: string;
  readonly at_ms: number;
  readonly lasted: number | null;
}

/**
 * The newest first. Of those that happened at the same instant the later one is first, so that a page ends where the next
 * begins. How long a state lasted is looked up for what is on the page only.
 */
function selectEvents(conditions: string): string {
  return `
with page as (
  select transition_id, machine_id, at, from_state, to_state, reason, because, kind, name, removed_at
  from verdict_transition join machine using (machine_id)
  where ${conditions}
  order by at desc, transition_id desc limit ?
)
select page.transition_id as id, ${msOf('page.at')} as at_ms, from_state as "from", to_state as "to", reason, because, kind,
  name as machine, removed_at is not null as removed,
  case when former.at is not null then greatest(0, round(date_part('epoch', page.at - former.at))) end as lasted
from page left join lateral (
  select at from verdict_transition one
  where page.from_state is not null and one.machine_id = page.machine_id and one.transition_id < page.transition_id
  order by transition_id desc limit 1
) former on true
order by page.at desc, page.transition_id desc`;
}

/** A place in that order, of this network. Of one that is gone, everything before it is gone too. */
const BEFORE = `(at, transition_id) < ((
    select at from verdict_transition join machine using (machine_id) where transition_id = ? and network = ?), ?)`;

/** Changes of state, newest first; they are written by {@link Verdicts.change} and kept as long as their retention says. */
export class Events {
  private readonly em: EntityManager;

  constructor(em: EntityManager) {
    this.em = em;
  }

  /** The changes that are wished for, newest first. */
  async page(wish: EventWish): Promise<StateEvent[]> {
    const given = conditionsOf(wish);
    const statement = selectEvents(given.map(([condition]) => condition).join(' and '));
    const parameters = given.flatMap(([, values]) => values);
    return (await this.em.fork().execute<EventRow[]>(statement, [...parameters, wish.limit])).map(eventOf);
  }
}

/** SQL, each piece with its parameters. */
function conditionsOf({ network, before, from, to, machine, kind, states }: EventWish): [string, unknown[]][] {
  const wishes: [condition: string, values: unknown[]][] = [
    ['network = ?', [network]],
    [BEFORE, [before, network, before]],
    ['at >= ?', [from]],
    ['at < ?', [to]],
    ['name = ?', [machine === undefined ? undefined : withoutNul(machine)]],
    ['kind = ?', [kind]],
    ['to_state = any(?::text[])', [states === undefined ? undefined : `{${states.join(',')}}`]],
  ];
  return wishes.filter(([, [value]]) => value !== undefined && value !== null);
}

function eventOf({ id, at_ms, lasted, from, to, reason, because, kind, machine, removed }: EventRow): StateEvent {
  const at = instantOf(at_ms) as Date;
  return { eventId: Number(id), kind, machine, removed, from, to, reason, because, at, lastedSeconds: lasted };
}
