import { nameOf } from '../dashboard/scene.ts';
import { Failure } from '../support/failure.ts';

/** A page that Lighthouse looks at. */
export interface VisitedPage {
  readonly name: string;
  readonly path: string;
  readonly isSignedIn: boolean;
}

const PAGES: readonly VisitedPage[] = [
  { name: 'Home', path: '/', isSignedIn: true },
  { name: 'machine', path: `/machines/bench/${nameOf(0)}`, isSignedIn: true },
  { name: 'compare', path: '/compare', isSignedIn: true },
  { name: 'events', path: '/events', isSignedIn: true },
  { name: 'machines editor', path: '/settings/machines', isSignedIn: true },
  { name: 'users', path: '/settings/users', isSignedIn: true },
  { name: 'account', path: '/account', isSignedIn: true },
  { name: 'sign-in', path: '/sign-in', isSignedIn: false },
];

/** @throws Failure when there is none */
export function pagesOf(only: string | null): readonly VisitedPage[] {
  const chosen = PAGES.filter(({ name }) => name.includes(only ?? ''));
  if (chosen.length === 0)
    throw new Failure(`--only ${only}: the pages are ${PAGES.map(({ name }) => name).join(', ')}`);
  return chosen;
}
