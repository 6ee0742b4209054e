import type { ReactNode } from 'react';
import { messages } from '../messages/text.ts';
import { BrandMark } from './brand-mark.tsx';
import { PageLink } from './page-link.tsx';
import classes from './top-bar.module.css';

interface TopBarProps {
  /** What the page is about. */
  readonly children?: ReactNode;
  /** The ways to other pages; on a narrow window in a line of their own. */
  readonly nav?: ReactNode;
  /** What holds for every page, and who looks at it. */
  readonly end?: ReactNode;
  /** Whether the page is more than a card, so that skipping the bar is worth a key. */
  readonly hasContent?: boolean;
}

/** The product's name, what the page is about, the ways to the others, and who looks at it. */
export function TopBar({ children, nav, end, hasContent = false }: TopBarProps) {
  return (
    <header className={classes.bar}>
      <div className={classes.row}>
        {hasContent && (
          <a className={classes.skip} href="#main">
            {messages.app.skip}
          </a>
        )}
        <PageLink className={classes.brand} href="/" aria-label={messages.app.name}>
          <BrandMark />
          <span>{messages.app.name}</span>
        </PageLink>
        {children !== undefined && <span className={classes.about}>{children}</span>}
        {nav !== undefined && <div className={classes.nav}>{nav}</div>}
        <span className={classes.end}>{end}</span>
      </div>
    </header>
  );
}
