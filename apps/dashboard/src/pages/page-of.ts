/** The pages there are. */
export type PageName = 'network' | 'sign-in' | 'setup' | 'link' | 'forbidden' | 'missing';

const PAGES: Readonly<Record<string, PageName>> = {
  '': 'network',
  '/index.html': 'network',
  '/sign-in': 'sign-in',
  '/setup': 'setup',
  '/link': 'link',
  '/forbidden': 'forbidden',
};

/** Which page a path is. */
export function pageOf(pathname: string): PageName {
  const path = pathname.replace(/\/+$/, '');
  return Object.hasOwn(PAGES, path) ? (PAGES[path] ?? 'missing') : 'missing';
}
