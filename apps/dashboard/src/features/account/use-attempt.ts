import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { useCountdown } from '../../ui/use-countdown.ts';
import { type FormProblem, NO_PROBLEM, problemOfAnswer } from './form-problem.ts';

/** Sending a form, as often as it takes. */
export interface Attempt<T> {
  readonly run: (values: T) => void;
  /** On its way, or already leaving for the next page. */
  readonly isBusy: boolean;
  /** How long the server wants to be left alone. */
  readonly waitSeconds: number;
  readonly problem: FormProblem;
  /** The error behind the problem, if the server refused. */
  readonly error: Error | null;
  /** Shows what is wrong before anything is sent. */
  readonly refuse: (problem: FormProblem) => void;
}

/**
 * @param goTo where to go when it has worked; the page is loaded anew, as somebody else
 * @param before what went wrong elsewhere before this page; gone with the first attempt
 */
export function useAttempt<T>(
  act: (values: T) => Promise<unknown>,
  goTo: string,
  before: FormProblem = NO_PROBLEM,
): Attempt<T> {
  const [problem, setProblem] = useState(before);
  const [waitUntil, setWaitUntil] = useState<number | null>(null);
  const attempt = useMutation({
    mutationFn: act,
    onMutate: () => setProblem(NO_PROBLEM),
    onSuccess: () => location.replace(goTo),
    onError: error => {
      setProblem(problemOfAnswer(error));
      const seconds = error instanceof ApiError ? error.extras.retryAfterSeconds : null;
      setWaitUntil(seconds === null ? null : Date.now() + seconds * 1000);
    },
  });
  return {
    run: attempt.mutate,
    isBusy: attempt.isPending || attempt.isSuccess,
    waitSeconds: useCountdown(waitUntil),
    problem,
    error: attempt.error,
    refuse: setProblem,
  };
}
