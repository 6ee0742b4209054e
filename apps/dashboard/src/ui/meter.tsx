import { Bar } from './bar.tsx';
import classes from './meter.module.css';
import type { Level } from './thresholds.ts';

interface MeterProps {
  readonly text: string;
  readonly percent: number;
  readonly level: Level;
  /** How it was once, not how it is: drawn without weight. */
  readonly isStale: boolean;
}

/** A number, then a bar. The bar repeats the number, so it is hidden from screen readers. */
export function Meter({ text, percent, level, isStale }: MeterProps) {
  const shown = isStale ? 'stale' : level;
  return (
    <span className={classes.meter} data-level={shown}>
      <span className={classes.number}>{text}</span>
      <Bar share={percent / 100} level={shown} className={classes.track} />
    </span>
  );
}
