import { counted, fill, messages } from '../../../messages/text.ts';
import { Button } from '../../../ui/button.tsx';
import { sentenceOf } from '../../account/failure-text.ts';
import classes from './audit-page.module.css';

const texts = messages.audit;

interface OlderProps {
  readonly log: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly isFetchNextPageError: boolean;
    readonly error: Error | null;
    readonly fetchNextPage: () => unknown;
  };
  readonly count: number;
}

/** The end of what was read, and the way to what is older. */
export function Older({ log, count }: OlderProps) {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, error } = log;
  return (
    <div className={classes.foot}>
      <span role="status">{hasNextPage ? fill(texts.shownMore, { count }) : counted(texts.shown, count)}</span>
      {isFetchNextPageError && error !== null && (
        <span role="alert">{fill(texts.olderFailed, { why: sentenceOf(error) })}</span>
      )}
      {hasNextPage && (
        <Button
          size="small"
          aria-disabled={isFetchingNextPage}
          onClick={() => !isFetchingNextPage && log.fetchNextPage()}
        >
          {isFetchingNextPage ? texts.reading : texts.older}
        </Button>
      )}
    </div>
  );
}
