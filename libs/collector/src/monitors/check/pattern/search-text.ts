import { setImmediate as nextTurn } from 'node:timers/promises';
import { isLineBreak, isWord, type CharTest } from './char-test.ts';
import type { Pattern, Place, Step } from './pattern.types.ts';

/** A few milliseconds of work; then others have their turn. */
const STEPS_AT_ONCE = 100_000;

/**
 * Whether the pattern is anywhere in the text. The time it takes grows with the length of the text times the steps of the
 * pattern, whatever they hold, and the process does not stand still meanwhile.
 *
 * @param signal aborted: nobody wants to know any more; the answer is then `false`
 */
export async function searchText(pattern: Pattern, text: string, signal: AbortSignal): Promise<boolean> {
  const search = new Search(pattern, text);
  for (let found = search.run(STEPS_AT_ONCE); ; found = search.run(STEPS_AT_ONCE)) {
    if (found !== null) return found;
    await nextTurn();
    if (signal.aborted) return false;
  }
}

/** Goes through a text once, in all the steps at a time that it can be in. */
class Search {
  readonly #steps: readonly Step[];
  readonly #first: CharTest | null;
  readonly #text: string;
  #at = 0;
  /** The steps we are in before the character at `#at`: those that test a character. */
  #current: number[] = [];
  #next: number[] = [];
  /** By step, the last position at which it was entered, so that it is entered once at each. */
  readonly #enteredAt: Int32Array;
  #isFound = false;

  constructor({ steps, first }: Pattern, text: string) {
    this.#steps = steps;
    this.#first = first;
    this.#text = text;
    this.#enteredAt = new Int32Array(steps.length).fill(-1);
  }

  /** Goes on for about this many steps. `null`: that was not enough to tell. */
  run(budget: number): boolean | null {
    for (let left = budget; left > 0; left -= this.#current.length + 2) {
      if (this.#current.length === 0 && this.#first !== null) left -= this.#skip(this.#first, left);
      this.#enter(0, this.#at, this.#current);
      if (this.#isFound) return true;
      if (this.#at >= this.#text.length) return false;
      this.#advance();
    }
    return null;
  }

  /** Goes on to where a match can begin: most of a text is passed over here, at a tenth of the cost. */
  #skip(isFirst: CharTest, most: number): number {
    const start = this.#at;
    const end = Math.min(this.#text.length, start + most * 10);
    while (this.#at < end && !isFirst(this.#text.charCodeAt(this.#at))) this.#at++;
    return Math.ceil((this.#at - start) / 10);
  }

  #advance(): void {
    const code = this.#text.charCodeAt(this.#at);
    this.#at++;
    this.#next.length = 0;
    for (const index of this.#current) {
      const step = this.#steps[index];
      if (step?.type === 'character' && step.test(code)) this.#enter(index + 1, this.#at, this.#next);
    }
    [this.#current, this.#next] = [this.#next, this.#current];
  }

  /** Enters a step, and every step that can be reached from it without a character. */
  #enter(index: number, at: number, into: number[]): void {
    const step = this.#steps[index];
    if (step === undefined || this.#enteredAt[index] === at) return;
    this.#enteredAt[index] = at;
    if (step.type === 'character') into.push(index);
    else if (step.type === 'match') this.#isFound = true;
    else if (step.type === 'jump') this.#enter(step.to, at, into);
    else if (step.type === 'fork') {
      this.#enter(step.first, at, into);
      this.#enter(step.second, at, into);
    } else if (isAt(step.place, this.#text, at)) this.#enter(index + 1, at, into);
  }
}

function isAt(place: Place, text: string, at: number): boolean {
  if (place === 'line start') return at === 0 || isLineBreak(text.charCodeAt(at - 1));
  if (place === 'line end') return at === text.length || isLineBreak(text.charCodeAt(at));
  // Beyond an end there is no code: NaN, which is no part of a word.
  const isEdge = isWord(text.charCodeAt(at - 1)) !== isWord(text.charCodeAt(at));
  return isEdge === (place === 'word edge');
}
