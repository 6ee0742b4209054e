import type { Page } from '../http/access/page-rules.ts';
import type { PageNeeds } from './read-assets.ts';

/** What names of networks and machines consist of, and nothing that means something in HTML. */
const PLAIN = /^[\w.~%-]+$/;

/** Together with the first files, and not at their cost. */
const LATER_SCRIPT = 'rel="modulepreload" fetchpriority="low"';
const LATER_READ = 'rel="preload" as="fetch" fetchpriority="low"';

/** Elements for the head of a page that have a browser ask for all it needs at once, and not when the first scripts have run. */
export function linksFor(page: Page, needs: PageNeeds | undefined): string {
  if (needs === undefined) return '';
  const reads = Object.values(page.given).every(part => PLAIN.test(part)) ? needs.reads : [];
  return [
    ...needs.files.map(file => link(file.endsWith('.css') ? 'rel="stylesheet"' : LATER_SCRIPT, file)),
    ...reads.map(path => link(LATER_READ, filled(path, page))),
  ].join('');
}

function filled(path: string, { given }: Page): string {
  return path.replace(/\$\w+/g, name => given[name] ?? '');
}

/** Its files and the API are asked for without more than the page's own origin gives, as the page itself asks. */
function link(kind: string, href: string): string {
  return `<link ${kind} crossorigin href="${href}">\n`;
}
