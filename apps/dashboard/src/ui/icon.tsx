import classes from './icon.module.css';

/** Strokes on a grid of 16 by 16. */
const PATHS = {
  screen: 'M2.5 3.5h11v7.5h-11zM6 13.5h4M8 11v2.5',
  sun: 'M5.2 8a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0-5.6 0M8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M3.4 12.6l1.1-1.1M11.5 4.5l1.1-1.1',
  moon: 'M13.4 9.6A5.8 5.8 0 0 1 6.4 2.6a5.8 5.8 0 1 0 7 7Z',
  search: 'M11.2 7a4.2 4.2 0 1 1-8.4 0a4.2 4.2 0 0 1 8.4 0M10.2 10.2l3.3 3.3',
  close: 'M4 4l8 8M12 4l-8 8',
  back: 'M10 3.5L5.5 8l4.5 4.5',
  down: 'm4.5 6.5 3.5 3.5 3.5-3.5',
  next: 'M6 3.5L10.5 8L6 12.5',
  plus: 'M8 3v10M3 8h10',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  download: 'M8 2.5v7.5M4.8 7L8 10.2L11.2 7M3 13h10',
  table: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M2.5 9.5h11M6.5 6.5v6',
  chart: 'M2.5 2.5v11h11M4.8 10.2L7.4 7l2.1 1.8l3.7-4.6',
  grid: 'M2.5 2.5h4.5v4.5h-4.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5h-4.5zM9 9h4.5v4.5H9z',
  list: 'M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.01M2.5 8h.01M2.5 12h.01',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'M5 3.2L12.5 8L5 12.8Z',
  edit: 'M3 13l.7-2.8L10.6 3.3l2.1 2.1l-6.9 6.9Z',
  trash: 'M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9',
  done: 'M3 8.5l3.2 3.2L13 4.5',
  copy: 'M5.5 5.5h7.5v7.5h-7.5zM3 10.5V3h7.5',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing that says again what text beside it, or a label around it, says. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg viewBox="0 0 16 16" width="14" height="14" className={classes.icon} aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
