import { useState } from 'react';
import { type FormProblem, NO_PROBLEM } from './form-problem.ts';
import { type Attempt, useSending } from './use-sending.ts';

/**
 * @param goTo where to go when it has worked; the page is loaded anew, as somebody else
 * @param before what went wrong elsewhere before this page; gone with the first attempt
 */
export function useAttempt<T>(
  act: (values: T) => Promise<unknown>,
  goTo: string,
  before: FormProblem = NO_PROBLEM,
): Attempt<T> {
  const [isLeaving, setIsLeaving] = useState(false);
  const onDone = (): void => {
    setIsLeaving(true);
    location.replace(goTo);
  };
  const attempt = useSending({ act, onDone, before });
  return { ...attempt, isBusy: attempt.isBusy || isLeaving };
}
