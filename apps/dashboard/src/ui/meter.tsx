import classes from './meter.module.css';

interface MeterProps {
  readonly text: string;
  readonly percent: number;
  readonly level: string;
  /** How it was once, not how it is: drawn without weight. */
  readonly isStale: boolean;
}

/** A number, then a bar. The bar repeats the number, so it is hidden from screen readers. */
export function Meter({ text, percent, level, isStale }: MeterProps) {
  const share = Math.min(1, Math.max(0, percent / 100));
  return (
    <span className={classes.meter} data-level={isStale ? 'stale' : level}>
      <span className={classes.number}>{text}</span>
      <span className={classes.track} aria-hidden="true">
        {/* scaleX, not width: a bar that moves costs no layout. */}
        <span className={classes.bar} style={{ transform: `scaleX(${share})` }} />
      </span>
    </span>
  );
}
