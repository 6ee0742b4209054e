import { type ChartRange, SHORTEST_MS } from './range.ts';

/** What is wrong with two times that somebody has entered, and with which of them. */
export type CustomProblem = 'fromEmpty' | 'toEmpty' | 'reversed' | 'tooShort' | 'future';

export type CustomResult =
  | { readonly range: ChartRange; readonly problem: null }
  | { readonly range: null; readonly problem: CustomProblem };

/** The range between two local times as `<input type="datetime-local">` gives them. */
export function customRange(from: string, to: string, now: number): CustomResult {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  const problem = problemOf(fromMs, toMs, now);
  return problem === null ? { range: { kind: 'fixed', fromMs, toMs }, problem } : { range: null, problem };
}

/** A moment as `<input type="datetime-local">` takes it: local time, without a zone. */
export function localInput(atMs: number): string {
  const at = new Date(atMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

function problemOf(fromMs: number, toMs: number, now: number): CustomProblem | null {
  if (Number.isNaN(fromMs)) return 'fromEmpty';
  if (Number.isNaN(toMs)) return 'toEmpty';
  if (fromMs >= toMs) return 'reversed';
  if (toMs - fromMs < SHORTEST_MS) return 'tooShort';
  return fromMs >= now ? 'future' : null;
}
