import type { ComponentProps, ReactNode } from 'react';
import classes from './button.module.css';

interface Look {
  /** `primary`: what most people are here for, once in a view. `danger`: what cannot be undone. */
  readonly variant?: 'primary' | 'plain' | 'danger' | 'quiet';
  /** `small`: within a line or a toolbar. */
  readonly size?: 'normal' | 'small';
  readonly isWide?: boolean;
  readonly icon?: ReactNode;
}

type Dress<Element extends 'button' | 'a'> = Look & Omit<ComponentProps<Element>, 'className'>;

/** Does something. With `aria-disabled` it keeps the focus and looks switched off; not pressing it is up to the caller. */
export function Button({ variant, size, isWide, icon, children, ...button }: Dress<'button'>) {
  return (
    <button type="button" {...button} className={classes.button} {...lookOf({ variant, size, isWide })}>
      {icon}
      {children}
    </button>
  );
}

/** Leads somewhere, outside of the router: the page is loaded anew. */
export function ButtonLink({ variant, size, isWide, icon, children, ...link }: Dress<'a'>) {
  return (
    <a {...link} className={classes.button} {...lookOf({ variant, size, isWide })}>
      {icon}
      {children}
    </a>
  );
}

function lookOf({
  variant = 'plain',
  size = 'normal',
  isWide = false,
}: { [Key in keyof Look]: Look[Key] | undefined }) {
  return { 'data-variant': variant, 'data-size': size, 'data-wide': isWide || undefined };
}
