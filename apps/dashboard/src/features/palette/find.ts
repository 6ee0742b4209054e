import { compareNames } from '../../messages/intl.ts';
import { type Entry, type Group, GROUPS } from './entries.ts';

/** More than that nobody reads; typing on is faster. */
const MAX_FOUND = 40;
const MAX_TROUBLE = 6;

/** What was found under one heading, the best first. */
export interface FoundGroup {
  readonly group: Group;
  readonly entries: readonly Entry[];
}

/** What is shown for a query, heading by heading. */
export interface Found {
  readonly groups: readonly FoundGroup[];
  /** How many were found beside those. */
  readonly more: number;
}

const BADNESS = { down: 4, degraded: 3, unknown: 2, maintenance: 1, up: 0 } as const;

/**
 * What a query finds. Every word of it has to be in the name or the words of an entry. The name itself comes first, then
 * names that begin with it, names with a word that does, names that have it inside, and last what has it elsewhere.
 * Without a query: what is in trouble, then pages and actions.
 */
export function find(entries: readonly Entry[], query: string): Found {
  const terms = query
    .toLowerCase()
    .split(/\s+/)
    .filter(term => term !== '');
  return terms.length === 0 ? atFirst(entries) : matching(entries, terms);
}

function atFirst(entries: readonly Entry[]): Found {
  const isWrong = ({ state }: Entry): boolean => state === 'down' || state === 'degraded';
  const trouble = entries.filter(isWrong).toSorted(byBadness).slice(0, MAX_TROUBLE);
  const rest = entries.filter(({ group }) => group === 'pages' || group === 'actions');
  return { groups: grouped([...trouble.map(entry => ({ ...entry, group: 'trouble' as const })), ...rest]), more: 0 };
}

interface Hit {
  readonly entry: Entry;
  readonly rank: number;
}

function matching(entries: readonly Entry[], terms: readonly string[]): Found {
  const hits: Hit[] = [];
  for (const entry of entries) {
    const rank = rankOf(entry, terms);
    if (rank !== null) hits.push({ entry, rank });
  }
  hits.sort((a, b) => a.rank - b.rank || byBadness(a.entry, b.entry));
  const shown = hits.slice(0, MAX_FOUND);
  return { groups: grouped(shown.map(({ entry }) => entry)), more: hits.length - shown.length };
}

/** The group of the best hit comes first: what stands on top is chosen by Enter. */
function grouped(entries: readonly Entry[]): FoundGroup[] {
  const groups = GROUPS.map(group => ({ group, entries: entries.filter(entry => entry.group === group) }));
  const placeOf = ({ entries: [best] }: FoundGroup): number => (best === undefined ? Infinity : entries.indexOf(best));
  return groups.filter(group => group.entries.length > 0).toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** How far from the wish an entry is, 0 the nearest; `null`: it is not meant. */
function rankOf({ label, words }: Entry, terms: readonly string[]): number | null {
  const name = label.toLowerCase();
  if (name === terms.join(' ')) return 0;
  let worst = 1;
  for (const term of terms) {
    const place = name.indexOf(term);
    if (place === -1 && !words.includes(term)) return null;
    worst = Math.max(worst, place === -1 ? 4 : placeRank(name, place, term));
  }
  return worst;
}

function placeRank(name: string, place: number, term: string): number {
  if (place === 0) return 1;
  return beginsWord(name, term, place) ? 2 : 3;
}

function beginsWord(name: string, term: string, from: number): boolean {
  for (let place = from; place !== -1; place = name.indexOf(term, place + 1)) {
    if (!/[\p{L}\p{N}]/u.test(name[place - 1] ?? '')) return true;
  }
  return false;
}

function byBadness(a: Entry, b: Entry): number {
  return badnessOf(b) - badnessOf(a) || compareNames(a.label, b.label);
}

function badnessOf({ state }: Entry): number {
  return state === null ? 0 : BADNESS[state];
}
