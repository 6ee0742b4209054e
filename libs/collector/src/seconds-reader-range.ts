import { MAX_SECONDS } from './seconds-reader.types.ts';

/** The seconds (from, to], in whole epoch seconds. */
export interface WholeSeconds {
  readonly from: number;
  readonly to: number;
}

/** Cuts both ends to whole seconds. `null`: it is reversed, empty, no time at all, or longer than `MAX_SECONDS`. */
export function decideSecondsRange(from: number, to: number): WholeSeconds | null {
  const range = { from: Math.floor(from), to: Math.floor(to) };
  const length = range.to - range.from;
  return length > 0 && length <= MAX_SECONDS ? range : null;
}
