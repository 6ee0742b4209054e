import { ApiError, type ProblemPart } from '../../api/api-error.ts';
import { fill, messages } from '../../messages/text.ts';
import { sentenceOf } from '../account/failure-text.ts';

/** Why an edit was refused. */
export interface EditProblem {
  /** About the whole; `null`: what is said of the parts is enough. */
  readonly alert: string | null;
  readonly parts: readonly ProblemPart[];
  /** Of a network that is changed elsewhere: what to propose there. */
  readonly patch: string | null;
}

const texts = messages.editor.refused;
const SENTENCES: Readonly<Record<string, string>> = {
  NETWORK_FILE_INVALID: texts.invalid,
  MACHINE_EXISTS: texts.exists,
  NOT_EDITABLE: texts.notEditable,
  MACHINE_NOT_FOUND: texts.gone,
  STALE: texts.stale,
};

/** What the server said, in the words of the page where there are any. */
export function editProblemOf(error: Error): EditProblem {
  if (!(error instanceof ApiError)) return { alert: sentenceOf(error), parts: [], patch: null };
  const { parts = [], patch = null } = error.extras;
  return { alert: SENTENCES[error.code] ?? sentenceOf(error), parts, patch };
}

/** Where a problem of an edited machine belongs in the form: `machines[0].labels.tier` is about the labels. */
export function fieldOf(path: string): string {
  return path.replace(/^machines\[\d+\]\.?/, '').replace(/[.[].*$/, '');
}

/** The pasted machine that a problem is about, counted from 0; `null`: none of them. */
export function indexOf(path: string): number | null {
  const index = /^machines\[(\d+)\]/.exec(path)?.[1];
  return index === undefined ? null : Number(index);
}

/** A problem that is shown apart from what it is about. */
export function partText({ path, message, line }: ProblemPart): string {
  const sentence = path === '' ? message : fill(texts.part, { path, message });
  return line === null ? sentence : fill(texts.atLine, { line, sentence });
}
