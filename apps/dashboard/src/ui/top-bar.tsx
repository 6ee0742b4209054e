import type { ReactNode } from 'react';
import { messages } from '../messages/text.ts';
import { ThemeSwitch } from './theme-switch.tsx';
import classes from './top-bar.module.css';

interface TopBarProps {
  /** What the page is about. */
  readonly children?: ReactNode;
  /** Who looks at it. */
  readonly end?: ReactNode;
  /** Whether there is a list to skip to. */
  readonly hasList?: boolean;
}

/** The product's name, what the page is about, who looks at it, and what holds for every page. */
export function TopBar({ children, end, hasList = false }: TopBarProps) {
  return (
    <header className={classes.bar}>
      {hasList && (
        <a className={classes.skip} href="#main">
          {messages.app.skip}
        </a>
      )}
      <a className={classes.brand} href="/" aria-label={messages.app.name}>
        <img src="/favicon.svg" width="20" height="20" alt="" />
        <span>{messages.app.name}</span>
      </a>
      {children}
      <span className={classes.end}>
        {end}
        <ThemeSwitch />
      </span>
    </header>
  );
}
