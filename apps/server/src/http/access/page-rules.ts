import type { AccessRule } from '#auth';

/**
 * Every page of the dashboard as its router writes it, where `$name` is any one part of a path, and who may open it: whoever
 * is signed in (`own-account`), whoever is and has the permission, or everybody. What a page shows is asked of the API, which
 * decides for itself; this is so that a browser is told at once. A test compares it with the dashboard's own table.
 */
export const PAGE_RULES = {
  '/': 'own-account',
  '/machines/$network/$machine': 'own-account',
  '/compare': 'history:read',
  '/events': 'history:read',
  '/account': 'own-account',
  // It leads on to the first of its pages that one may open.
  '/settings': 'own-account',
  '/settings/machines': 'networks:write',
  '/settings/users': 'users:read',
  '/settings/audit': 'audit:read',
  '/sign-in': 'public',
  '/setup': 'public',
  '/link': 'public',
  '/forbidden': 'public',
} as const satisfies Record<`/${string}`, AccessRule>;

/** A page of the dashboard. */
export interface Page {
  /** As the router writes it, with `$name` for a part that may be anything. */
  readonly pattern: string;
  /** Who may open it. */
  readonly rule: AccessRule;
  /** By `$name`: that part as it stands in the address. */
  readonly given: Readonly<Record<string, string>>;
}

const PAGES = Object.entries(PAGE_RULES).map(([pattern, rule]) => ({ pattern, rule, parts: partsOf(pattern) }));

/** The page at this path; `null`: there is none. */
export function pageOf(path: string): Page | null {
  const parts = partsOf(path);
  const page = PAGES.find(one => one.parts.length === parts.length && one.parts.every(isMeant(parts)));
  if (page === undefined) return null;
  const given = page.parts.flatMap((name, place) => (name.startsWith('$') ? [[name, parts[place] ?? '']] : []));
  return { pattern: page.pattern, rule: page.rule, given: Object.fromEntries(given) as Page['given'] };
}

function isMeant(parts: readonly string[]): (part: string, place: number) => boolean {
  // As the dashboard's router compares them.
  return (part, place) =>
    part.startsWith('$') ? parts[place] !== '' : part === decoded(parts[place] ?? '').toLowerCase();
}

/** Without the slash that may stand at the end. */
function partsOf(path: string): string[] {
  return path
    .replace(/(?<=[^/])\/$/, '')
    .replace(/^\//, '')
    .split('/');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
