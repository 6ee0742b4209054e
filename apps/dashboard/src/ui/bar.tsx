import classes from './bar.module.css';
import type { Level } from './thresholds.ts';

interface BarProps {
  /** How much of it is full, 0 to 1; what lies beyond is cut off. */
  readonly share: number;
  /** `stale`: how it was once, not how it is. */
  readonly level?: Level | 'stale';
  /** Gives it its size. */
  readonly className: string | undefined;
}

/** A number again, as a length. It is hidden from screen readers: the number stands beside it. */
export function Bar({ share, level = 'normal', className = '' }: BarProps) {
  return (
    <span className={`${classes.track} ${className}`} data-level={level} aria-hidden="true">
      {/* scaleX, not width: a bar that moves costs no layout. */}
      <span className={classes.bar} style={{ transform: `scaleX(${Math.min(1, Math.max(0, share))})` }} />
    </span>
  );
}
