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

const PAGES: readonly { readonly parts: readonly string[]; readonly rule: AccessRule }[] = Object.entries(
  PAGE_RULES,
).map(([path, rule]) => ({ parts: partsOf(path), rule }));

/** Who may open the page at this path; `null`: there is no page. */
export function pageRuleOf(path: string): AccessRule | null {
  const parts = partsOf(path);
  return PAGES.find(page => page.parts.length === parts.length && page.parts.every(isMeant(parts)))?.rule ?? null;
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
