import type { CharTest } from './char-test.ts';

/** A place between two characters. */
export type Place = 'line start' | 'line end' | 'word edge' | 'no word edge';

/** A regular expression as it is written. */
export type Syntax =
  | { readonly type: 'character'; readonly test: CharTest }
  | { readonly type: 'place'; readonly place: Place }
  | { readonly type: 'sequence'; readonly parts: readonly Syntax[] }
  | { readonly type: 'choice'; readonly options: readonly Syntax[] }
  | { readonly type: 'repeat'; readonly part: Syntax; readonly min: number; readonly max: number };

/** One step of the machine that a regular expression is turned into. Steps follow each other unless they say otherwise. */
export type Step =
  | { readonly type: 'character'; readonly test: CharTest }
  | { readonly type: 'place'; readonly place: Place }
  /** Goes on at both. */
  | { readonly type: 'fork'; readonly first: number; readonly second: number }
  | { readonly type: 'jump'; readonly to: number }
  | { readonly type: 'match' };

/** A regular expression that can be looked for. */
export interface Pattern {
  /** As it was written. */
  readonly source: string;
  readonly steps: readonly Step[];
  /** The characters with which a match can begin; `null`: it may be empty, or a place comes first. */
  readonly first: CharTest | null;
}
