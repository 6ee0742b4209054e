import { counted, messages } from '../../messages/text.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import { goTo } from '../../ui/use-url-param.ts';
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
  return `?${new URLSearchParams({ network, view }).toString()}`;
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
    <a
      href={href}
      className={classes.tab}
      aria-current={isCurrent ? 'page' : undefined}
      title={title}
      aria-label={`${messages.views[view]}: ${title}`}
      onClick={event => {
        // With a key held down it is for another tab or window.
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        goTo(href);
      }}
    >
      {messages.views[view]}
      <span className={classes.count}>{own.total}</span>
      {worst !== undefined && <StateMark state={worst} />}
    </a>
  );
}
