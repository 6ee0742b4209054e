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

interface Sending<T, Answer> {
  readonly act: (values: T) => Promise<Answer>;
  /** It has worked. Until a promise of it is kept, the form stays busy. */
  readonly onDone: (answer: Answer, values: T) => unknown;
  /** What went wrong elsewhere before this form; gone with the first attempt. */
  readonly before?: FormProblem;
}

/** A form that says what is wrong until it has worked; what happens then, the caller says. */
export function useSending<T, Answer>({ act, onDone, before = NO_PROBLEM }: Sending<T, Answer>): Attempt<T> {
  const [problem, setProblem] = useState(before);
  const [waitUntil, setWaitUntil] = useState<number | null>(null);
  const attempt = useMutation({
    mutationFn: act,
    onMutate: () => setProblem(NO_PROBLEM),
    onSuccess: onDone,
    onError: error => {
      setProblem(problemOfAnswer(error));
      const seconds = error instanceof ApiError ? error.extras.retryAfterSeconds : null;
      setWaitUntil(seconds === null ? null : Date.now() + seconds * 1000);
    },
  });
  return {
    run: attempt.mutate,
    isBusy: attempt.isPending,
    waitSeconds: useCountdown(waitUntil),
    problem,
    error: attempt.error,
    refuse: setProblem,
  };
}
