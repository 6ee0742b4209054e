import { fill, messages } from '../../messages/text.ts';
import { describeStep } from './describe.ts';
import type { Past } from './past.ts';
import classes from './range-picker.module.css';

interface NoteProps {
  /** `null`: nothing has been read yet. */
  readonly past: Pick<Past, 'stepMs' | 'isFromAgent'> | null;
}

/** What time a point of the charts is about. */
export function ResolutionNote({ past }: NoteProps) {
  const { onePoint, fromAgent } = messages.charts;
  return (
    <span className={classes.resolution} role="status">
      {past !== null && fill(past.isFromAgent ? fromAgent : onePoint, { step: describeStep(past.stepMs) })}
    </span>
  );
}
