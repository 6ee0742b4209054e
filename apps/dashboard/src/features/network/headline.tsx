import type { StreamStatus } from '../../api/live-stream.ts';
import { messages } from '../../messages/text.ts';
import classes from './network-page.module.css';

/** The one sentence, and whether it is true right now. */
export function Headline({ truth, status }: { truth: string; status: StreamStatus | null }) {
  return (
    <div className={classes.headline}>
      <div role="status">
        <h1 className={classes.truth}>{truth}</h1>
      </div>
      {status !== null && (
        <span className={classes.stream} data-status={status}>
          <svg viewBox="0 0 8 8" width="8" height="8" aria-hidden="true">
            <circle cx="4" cy="4" r="3" />
          </svg>
          {messages.stream[status]}
        </span>
      )}
    </div>
  );
}
