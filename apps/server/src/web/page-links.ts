import type { Page } from '../http/access/page-rules.ts';
import type { PageNeeds } from './read-assets.ts';

/** What names of networks and machines consist of, and nothing that means something in HTML. */
const PLAIN = /^[A-Za-z0-9][\w.-]*$/;

/** After the first files, which stand before them in the head. What waits for a style, and tells when it does not come, is the script. */
const SCRIPT = 'rel="modulepreload" fetchpriority="low"';
const STYLE = 'rel="preload" as="style" fetchpriority="low"';
const READ = 'rel="preload" as="fetch" fetchpriority="low"';

/** Elements for the head of a page that have a browser ask for all it needs at once, and not when the first scripts have run. */
export function linksFor(page: Page, needs: PageNeeds | undefined): string {
  if (needs === undefined) return '';
  const reads = Object.values(page.given).every(part => PLAIN.test(part)) ? needs.reads : [];
  return [
    ...needs.files.map(file => link(file.endsWith('.css') ? STYLE : SCRIPT, file)),
    ...reads.map(path => link(READ, filled(path, page))),
  ].join('');
}

function filled(path: string, { given }: Page): string {
  return path.replace(/\$\w+/g, name => given[name] ?? '');
}

/** `crossorigin` is how `import()` and `fetch()` ask, too: without it, each would be loaded twice. */
function link(kind: string, href: string): string {
  return `<link ${kind} crossorigin href="${href}">\n`;
}
