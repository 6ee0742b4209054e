import type { ReactNode } from 'react';
import classes from './explain.module.css';
import { PopCard } from './pop-card.tsx';

interface ExplainProps {
  /** What stands in the page, and what is pressed. */
  readonly label: ReactNode;
  /** What a pointer that rests on it is told, and who cannot see a label that is more than text. */
  readonly hint: string;
  readonly className?: string | undefined;
  /** What it says when pressed. */
  readonly children: ReactNode;
}

/** A word with more behind it. */
export function Explain({ className, ...rest }: ExplainProps) {
  return <PopCard {...rest} className={`${classes.word} ${className ?? ''}`} />;
}
