import { useQuery } from '@tanstack/react-query';
import { isNoAnswer } from '../../api/api-error.ts';
import { useLiveStatus } from '../../api/live-status.ts';
import type { StreamStatus } from '../../api/live-stream.ts';
import { networksQuery } from '../../api/queries.ts';
import { messages } from '../../messages/text.ts';
import { PopCard } from '../../ui/pop-card.tsx';
import classes from './connection-mark.module.css';

/** Live is a disc, on the way there a ring, and a broken connection an arrow that comes round again. */
const SHAPES: Readonly<Record<StreamStatus, React.ReactNode>> = {
  live: <circle cx="8" cy="8" r="4" fill="currentColor" stroke="none" />,
  connecting: <circle cx="8" cy="8" r="4.2" />,
  reconnecting: <path d="M13.2 8a5.2 5.2 0 1 1-1.6-3.7M13.4 1.8v3.4H10" />,
};

/** Whether what the page shows is true right now. A page that is not live says something only when contact is lost. */
export function ConnectionMark() {
  const status = useConnection();
  return (
    <span role="status" className={classes.place}>
      {status !== null && (
        <span className={classes.mark} data-status={status}>
          <PopCard
            side="end"
            className={classes.button ?? ''}
            hint={`${messages.stream[status]}: ${messages.shell.connection[status]}`}
            label={
              <>
                <svg className={classes.shape} viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
                  {SHAPES[status]}
                </svg>
                <span className={classes.word}>{messages.stream[status]}</span>
              </>
            }
          >
            <p>{messages.shell.connection[status]}</p>
          </PopCard>
        </span>
      )}
    </span>
  );
}

function useConnection(): StreamStatus | null {
  const stream = useLiveStatus();
  const { error } = useQuery(networksQuery);
  if (stream === 'live') return stream;
  return error !== null && isNoAnswer(error) ? 'reconnecting' : stream;
}
