import { anyOf, type CharTest } from './char-test.ts';
import { parsePattern, PatternError } from './parse-pattern.ts';
import type { Pattern, Step, Syntax } from './pattern.types.ts';

/** Looking for a pattern costs, in the worst case, this many steps for each character of the text. */
const MAX_STEPS = 500;

/**
 * Turns a regular expression into the steps of a machine that is in several of them at once (Thompson's construction;
 * R. Cox, "Regular Expression Matching: the Virtual Machine Approach"). Repetitions are written out.
 *
 * @throws PatternError
 */
export function compilePattern(source: string): Pattern {
  const steps: Step[] = [];
  emit(parsePattern(source), steps);
  push(steps, { type: 'match' });
  return { source, steps, first: firstOf(steps) };
}

/** What the steps that can be reached without a character test for, all in one. */
function firstOf(steps: readonly Step[]): CharTest | null {
  const tests: CharTest[] = [];
  const entered = new Set<number>();
  const waiting = [0];
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    const step = steps[index];
    if (step === undefined || step.type === 'place' || step.type === 'match') return null;
    if (entered.has(index)) continue;
    entered.add(index);
    if (step.type === 'character') tests.push(step.test);
    else if (step.type === 'jump') waiting.push(step.to);
    else waiting.push(step.first, step.second);
  }
  return anyOf(tests, false);
}

function emit(syntax: Syntax, steps: Step[]): void {
  switch (syntax.type) {
    case 'character':
    case 'place':
      push(steps, syntax);
      break;
    case 'sequence':
      for (const part of syntax.parts) emit(part, steps);
      break;
    case 'choice':
      emitChoice(syntax.options, steps);
      break;
    case 'repeat':
      emitRepeat(syntax, steps);
      break;
  }
}

function emitChoice(options: readonly Syntax[], steps: Step[]): void {
  const ends: number[] = [];
  for (const [index, option] of options.entries()) {
    if (index === options.length - 1) emit(option, steps);
    else {
      const fork = reserve(steps);
      emit(option, steps);
      ends.push(reserve(steps));
      steps[fork] = { type: 'fork', first: fork + 1, second: steps.length };
    }
  }
  for (const end of ends) steps[end] = { type: 'jump', to: steps.length };
}

function emitRepeat({ part, min, max }: Extract<Syntax, { type: 'repeat' }>, steps: Step[]): void {
  for (let times = 0; times < min; times++) {
    const before = steps.length;
    emit(part, steps);
    if (steps.length === before) break; // it is empty, however often
  }
  if (max === Infinity) {
    const fork = reserve(steps);
    emit(part, steps);
    push(steps, { type: 'jump', to: fork });
    steps[fork] = { type: 'fork', first: fork + 1, second: steps.length };
    return;
  }
  const forks: number[] = [];
  for (let times = min; times < max; times++) {
    forks.push(reserve(steps));
    emit(part, steps);
  }
  for (const fork of forks) steps[fork] = { type: 'fork', first: fork + 1, second: steps.length };
}

/** A place for a step that is known only when those behind it are. */
function reserve(steps: Step[]): number {
  push(steps, { type: 'match' });
  return steps.length - 1;
}

function push(steps: Step[], step: Step): void {
  if (steps.length >= MAX_STEPS) throw new PatternError('is too large: repeat fewer times, or look for less');
  steps.push(step);
}
