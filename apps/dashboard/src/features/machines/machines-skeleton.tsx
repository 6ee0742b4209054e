import { messages } from '../../messages/text.ts';
import { useWidthStep } from '../../ui/use-media.ts';
import { columnsOfStep, WIDTH_STEPS } from './columns.ts';
import classes from './machines-skeleton.module.css';

const LINES = [62, 48, 70, 55, 66, 44, 58, 50];

/** The table before it is known what is in it, in the size it is going to have. */
export function MachinesSkeleton() {
  const step = useWidthStep(WIDTH_STEPS);
  const columns = columnsOfStep(step);
  return (
    <div className={classes.table} role="status" aria-label={messages.truth.loading} data-compact={step === 0}>
      {LINES.map(nameWidth => (
        <div key={nameWidth} className={classes.line}>
          {columns.map(({ key, widthPx }) => (
            <span key={key} className={classes.cell} style={widthPx === null ? { flex: 1 } : { width: widthPx }}>
              <span className={classes.bar} style={{ width: widthPx === null ? `${nameWidth}%` : '70%' }} />
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}
