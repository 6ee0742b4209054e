import type { ReactNode } from 'react';
import { messages } from '../messages/text.ts';
import { ThemeSwitch } from './theme-switch.tsx';
import classes from './top-bar.module.css';

/** The product's name, what the page is about, and what holds for every page. */
export function TopBar({ children }: { children?: ReactNode }) {
  return (
    <header className={classes.bar}>
      <a className={classes.skip} href="#main">
        {messages.app.skip}
      </a>
      <a className={classes.brand} href="/" aria-label={messages.app.name}>
        <img src="/favicon.svg" width="20" height="20" alt="" />
        <span>{messages.app.name}</span>
      </a>
      {children}
      <span className={classes.end}>
        <ThemeSwitch />
      </span>
    </header>
  );
}
