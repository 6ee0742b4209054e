import { Link } from '@tanstack/react-router';
import { ApiError, isForbidden, isMissing, isNoAnswer } from '../../api/api-error.ts';
import type { MachineName } from '../../api/machine-client.ts';
import { fill, messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { AskWhom } from '../account/ask-whom.tsx';
import { useSession } from '../account/use-session.ts';
import classes from './machine-states.module.css';

const { machine: texts, error: errors } = messages;

/** The outline of the page, until there is something to put in. */
export function MachineSkeleton() {
  return (
    <div className={classes.skeleton} role="status" aria-label={texts.reading}>
      <div className={classes.state} />
      <div className={classes.numbers} />
      <ChartsSkeleton />
    </div>
  );
}

/** The outline of what is below its state and numbers. */
export function ChartsSkeleton() {
  return (
    <div className={classes.charts}>
      <div />
      <div />
      <div />
      <div />
    </div>
  );
}

interface FailedProps {
  readonly name: MachineName;
  readonly error: Error;
  readonly onRetry: () => void;
}

/** Nothing is known of the machine: because there is none, nobody may tell, or nobody answers. */
export function MachineFailed({ name, error, onRetry }: FailedProps) {
  if (isForbidden(error)) return <MayNotSee detail={error.message} />;
  if (isMissing(error)) return <Missing name={name} />;
  const isSilent = isNoAnswer(error);
  const code = error instanceof ApiError ? error.code : error.name;
  const detail = error instanceof ApiError ? error.detail : null;
  return (
    <Notice
      title={texts.failedTitle}
      action={
        <Button size="small" onClick={onRetry}>
          {errors.retry}
        </Button>
      }
    >
      <p role="alert">{isSilent ? errors.no_answer : (detail ?? errors.other)}</p>
      <p>
        {errors.retrying} {!isSilent && fill(errors.code, { code })}
      </p>
    </Notice>
  );
}

function Missing({ name: { network, machine } }: { name: MachineName }) {
  return (
    <Notice
      title={fill(texts.missingTitle, { machine, network })}
      action={
        <Link to="/" search={{ network }} className={classes.link}>
          {fill(texts.back, { network })}
        </Link>
      }
    >
      <p>{texts.missingText}</p>
    </Notice>
  );
}

function MayNotSee({ detail }: { detail: string }) {
  const session = useSession();
  return (
    <Notice title={texts.forbiddenTitle}>
      <p role="alert">{detail}</p>
      <AskWhom contacts={session?.contacts ?? []} />
    </Notice>
  );
}
