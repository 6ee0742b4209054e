import { useMemo, useState } from 'react';
import type { FormProblem } from '../account/form-problem.ts';
import { type Attempt, useSending } from '../account/use-sending.ts';
import { type EditProblem, editProblemOf } from './edit-problem.ts';
import { useReread } from './use-reread.ts';

interface EditOptions<T, Answer> {
  readonly network: string;
  readonly act: (values: T) => Promise<Answer>;
  readonly onDone: (answer: Answer, values: T) => unknown;
}

/** An edit of a network, as often as it takes; what was read before is read again after each. */
export interface Edit<T> {
  readonly attempt: Attempt<T>;
  /** Why the server refused the last one; `null`: it did not. */
  readonly refusal: EditProblem | null;
  /** Forgets why it was refused: something else is to be mended first, or nothing any more. */
  readonly clear: () => void;
}

/** A form whose problems are told beside what they are about. */
export function useEdit<T, Answer>({ network, act, onDone }: EditOptions<T, Answer>): Edit<T> {
  const reread = useReread(network);
  const sending = useSending({ act: (values: T) => act(values).finally(() => void reread()), onDone });
  const [cleared, setCleared] = useState(0);
  const { error } = sending;
  const refusal = useMemo(() => (error === null || cleared > 0 ? null : editProblemOf(error)), [error, cleared]);
  // A new one each time something is wrong: that is what leads the focus to it.
  const problem = useMemo(
    (): FormProblem => ({ alert: refusal === null || refusal.patch !== null ? null : refusal.alert, fields: {} }),
    [refusal, cleared],
  );
  const run = (values: T): void => {
    setCleared(0);
    sending.run(values);
  };
  return { attempt: { ...sending, run, problem }, refusal, clear: () => setCleared(count => count + 1) };
}
