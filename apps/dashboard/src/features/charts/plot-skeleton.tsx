import { messages } from '../../messages/text.ts';
import classes from './plot-skeleton.module.css';

/** Where the lines of a chart are going to be. */
export function PlotSkeleton({ heightPx }: { heightPx: number }) {
  return (
    <div className={classes.plot} style={{ height: heightPx }} role="status" aria-label={messages.charts.loading}>
      <span className={classes.area} />
    </div>
  );
}
