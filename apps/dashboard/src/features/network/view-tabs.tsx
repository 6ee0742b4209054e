import { counted, messages } from '../../messages/text.ts';
import { PageLink } from '../../ui/page-link.tsx';
import { StateMark } from '../../ui/state-mark.tsx';

import { type Counts, TROUBLE, troubleOf } from './truth.ts';
import type { View } from './use-view.ts';
import { VIEWS } from './use-view.ts';
import classes from './view-tabs.module.css';

interface TabsProps {
  readonly network: string;
  readonly view: View;
  readonly counts: Counts;
}

/** The lists of a network; each says how many there are and whether one of them is in trouble. */
export function ViewTabs({ network, view, counts }: TabsProps) {
  return (
    <nav className={classes.tabs} aria-label={messages.views.label}>
      {VIEWS.map(one => (
        <ViewTab key={one} href={hrefOf(network, one)} isCurrent={one === view} view={one} counts={counts} />
      ))}
    </nav>
  );
}

/** Another list starts without the filter and the order of this one. */
function hrefOf(network: string, view: View): string {
  return `/?${new URLSearchParams({ network, view }).toString()}`;
}

interface TabProps {
  readonly href: string;
  readonly isCurrent: boolean;
  readonly view: View;
  readonly counts: Counts;
}

function ViewTab({ href, isCurrent, view, counts }: TabProps) {
  const own = counts[view];
  const worst = TROUBLE.find(state => own[state] > 0);
  const title = [counted(messages.truth[view], own.total), ...troubleOf(own)].join(', ');
  return (
    <PageLink
      href={href}
      className={classes.tab}
      aria-current={isCurrent ? 'page' : undefined}
      title={title}
      aria-label={`${messages.views[view]} ${title}`}
    >
      {messages.views[view]} <span className={classes.count}>{own.total}</span>
      {worst !== undefined && <StateMark state={worst} />}
    </PageLink>
  );
}
