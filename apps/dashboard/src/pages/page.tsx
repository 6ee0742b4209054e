import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import type { PageName } from './page-of.ts';

/** What a page is given. */
export interface PageProps {
  /** What stood behind the `#` of a link that works once. */
  readonly secret: string | null;
}

type LazyPage = LazyExoticComponent<ComponentType<PageProps>>;

/** Each page is a file of its own, loaded when it is the one to show. */
const PAGES: Readonly<Record<PageName, LazyPage>> = {
  network: page(async () => (await import('../features/network/network-page.tsx')).NetworkPage),
  'sign-in': page(async () => (await import('../features/account/sign-in-page.tsx')).SignInPage),
  setup: page(async () => (await import('../features/account/link-page.tsx')).SetupPage),
  link: page(async () => (await import('../features/account/link-page.tsx')).LinkPage),
  forbidden: page(async () => (await import('../features/account/forbidden-page.tsx')).ForbiddenPage),
  missing: page(async () => (await import('../features/account/missing-page.tsx')).MissingPage),
};

function page(load: () => Promise<ComponentType<PageProps>>): LazyPage {
  return lazy(async () => ({ default: await load() }));
}

/** One page of the application. */
export function Page({ name, ...props }: PageProps & { name: PageName }) {
  const Chosen = PAGES[name];
  return <Chosen {...props} />;
}
