import type { VerdictState } from '../api/client.ts';
import classes from './state-mark.module.css';

/** Each state has its own shape, so that it is told apart without colour: disc, triangle, cross, ring, bars. */
const SHAPES: Readonly<Record<VerdictState, React.ReactNode>> = {
  up: <circle cx="8" cy="8" r="4.5" fill="currentColor" />,
  degraded: <path d="M8 1.8 15 14.2H1Z" fill="currentColor" />,
  down: (
    <>
      <rect x="1" y="1" width="14" height="14" rx="3" fill="currentColor" />
      <path d="m5 5 6 6m0-6-6 6" className={classes.onColour} strokeWidth="2" strokeLinecap="round" />
    </>
  ),
  unknown: <circle cx="8" cy="8" r="4.5" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="3.2 2.4" />,
  maintenance: (
    <>
      <rect x="3" y="3" width="3.6" height="10" rx="1" fill="currentColor" />
      <rect x="9.4" y="3" width="3.6" height="10" rx="1" fill="currentColor" />
    </>
  ),
};

/** The mark of a state. It says nothing to a screen reader: the word is always beside it. */
export function StateMark({ state }: { state: VerdictState }) {
  return (
    <svg className={classes.mark} data-state={state} viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      {SHAPES[state]}
    </svg>
  );
}
