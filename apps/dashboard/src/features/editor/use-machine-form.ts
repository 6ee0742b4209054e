import { useState } from 'react';
import type { ProblemPart } from '../../api/api-error.ts';
import { fieldOf } from './edit-problem.ts';
import { type MachineProblems, type MachineValues, NO_VALUES } from './machine-values.ts';
import type { Edit } from './use-edit.ts';

interface MachineForm {
  readonly values: MachineValues;
  readonly change: (changes: Partial<MachineValues>) => void;
  readonly problems: MachineProblems;
  /** Shows what is wrong. @returns whether nothing is */
  readonly check: (problems: MachineProblems) => boolean;
}

/** What the fields about a machine hold, and what is wrong with each: found here, or told by the server. */
export function useMachineForm<T>(begin: MachineValues, edit: Edit<T>): MachineForm {
  const [values, setValues] = useState(begin);
  const [found, setFound] = useState<MachineProblems>({});
  const told = Object.fromEntries(
    (edit.refusal?.parts ?? []).filter(isFieldPart).map(({ path, message }) => [fieldOf(path), message]),
  );
  return {
    values,
    change: changes => setValues(before => ({ ...before, ...changes })),
    problems: { ...told, ...found },
    check: problems => {
      setFound(problems);
      const isFine = Object.keys(problems).length === 0;
      if (!isFine) edit.clear();
      return isFine;
    },
  };
}

/** Whether a problem is about a field of the form. */
export function isFieldPart({ path }: ProblemPart): boolean {
  return /^(machines\[0\]\.)?[a-z]+([.[].*)?$/.test(path) && Object.hasOwn(NO_VALUES, fieldOf(path));
}
