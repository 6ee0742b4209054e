import { anyOf, type CharTest, inRange, isDigit, isLineBreak, isSpace, isWord, not } from './char-test.ts';
import type { Place, Syntax } from './pattern.types.ts';

const MAX_DEPTH = 50;
const MAX_REPEAT = 1_000;

const CLASSES: Readonly<Record<string, CharTest>> = {
  d: isDigit,
  D: not(isDigit),
  w: isWord,
  W: not(isWord),
  s: isSpace,
  S: not(isSpace),
};
const PLACES: Readonly<Record<string, Place>> = { b: 'word edge', B: 'no word edge' };
const CONTROLS: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11 };

/** What is wrong with a regular expression; the message goes on after its text. */
export class PatternError extends Error {}

/**
 * Reads a regular expression: JavaScript's (without the flag `u`), of which everything that can be looked for in linear
 * time is known: no backreferences and no lookarounds. `^` and `$` are the ends of a line. `(?i)` at the beginning makes
 * it ignore the case of letters.
 *
 * @throws PatternError
 */
export function parsePattern(source: string): Syntax {
  const ignoreCase = source.startsWith('(?i)');
  return new Parser(source, ignoreCase ? 4 : 0, ignoreCase).parse();
}

/** Recursive descent, one method for each level of the syntax. */
class Parser {
  readonly #source: string;
  readonly #ignoreCase: boolean;
  #at: number;
  #depth = 0;

  constructor(source: string, at: number, ignoreCase: boolean) {
    this.#source = source;
    this.#at = at;
    this.#ignoreCase = ignoreCase;
  }

  parse(): Syntax {
    const whole = this.#choice();
    if (this.#at < this.#source.length) throw new PatternError('has a ) without its (');
    return whole;
  }

  #choice(): Syntax {
    const options = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    return options.length === 1 && options[0] !== undefined ? options[0] : { type: 'choice', options };
  }

  #sequence(): Syntax {
    const parts: Syntax[] = [];
    while (this.#at < this.#source.length && !'|)'.includes(this.#next)) parts.push(this.#repeated());
    return { type: 'sequence', parts };
  }

  #repeated(): Syntax {
    const part = this.#part();
    const times = this.#times();
    if (times === null) return part;
    if (part.type === 'place') throw new PatternError('repeats a place (such as ^ or \\b)');
    if (times.min > times.max) throw new PatternError(`repeats from ${times.min} to ${times.max} times`);
    if (times.min > MAX_REPEAT || (times.max > MAX_REPEAT && times.max !== Infinity))
      throw new PatternError(`repeats more than ${MAX_REPEAT} times`);
    if (this.#times() !== null) throw new PatternError('repeats a repetition: put the inner one in brackets');
    return { type: 'repeat', part, ...times };
  }

  /** How often the part before is repeated; as few or as many as possible makes no difference to whether it matches. */
  #times(): { readonly min: number; readonly max: number } | null {
    const [text, min, more, max] = /^(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})\??/.exec(this.#source.slice(this.#at)) ?? [];
    if (text === undefined) return null;
    this.#at += text.length;
    if (min === undefined) return { min: text.startsWith('+') ? 1 : 0, max: text.startsWith('?') ? 1 : Infinity };
    if (more === undefined) return { min: Number(min), max: Number(min) };
    return { min: Number(min), max: max === undefined || max === '' ? Infinity : Number(max) };
  }

  #part(): Syntax {
    const char = this.#step();
    if (char === '(') return this.#group();
    if (char === '[') return { type: 'character', test: this.#set() };
    if (char === '.') return { type: 'character', test: not(isLineBreak) };
    if (char === '^') return { type: 'place', place: 'line start' };
    if (char === '$') return { type: 'place', place: 'line end' };
    if (char === '\\') return this.#escaped();
    if ('*+?'.includes(char)) throw new PatternError(`has nothing before ${char} that it could repeat`);
    return this.#character(char.charCodeAt(0));
  }

  #group(): Syntax {
    if (this.#take('?') && !this.#take(':'))
      throw new PatternError('has a (? that is not known here: lookarounds cannot be used, groups have no names');
    if (++this.#depth > MAX_DEPTH) throw new PatternError(`has more than ${MAX_DEPTH} brackets in brackets`);
    const inner = this.#choice();
    if (!this.#take(')')) throw new PatternError('has a ( without its )');
    this.#depth--;
    return inner;
  }

  #escaped(): Syntax {
    const place = PLACES[this.#next];
    if (place !== undefined) {
      this.#at++;
      return { type: 'place', place };
    }
    const escaped = this.#escape();
    return typeof escaped === 'number' ? this.#character(escaped) : { type: 'character', test: escaped };
  }

  /** What stands after a backslash: one character, or a class of them. */
  #escape(): number | CharTest {
    const char = this.#step();
    const known = CLASSES[char] ?? CONTROLS[char];
    if (known !== undefined) return known;
    if (char === 'x') return this.#hexadecimal(2);
    if (char === 'u') return this.#hexadecimal(4);
    if (char === '') throw new PatternError('ends with a backslash');
    if (/[A-Za-z0-9]/.test(char)) throw new PatternError(`has a \\${char} that is not known here`);
    return char.charCodeAt(0);
  }

  #hexadecimal(digits: number): number {
    const text = this.#source.slice(this.#at, this.#at + digits);
    if (text.length < digits || !/^[0-9A-Fa-f]+$/.test(text))
      throw new PatternError(`has a \\${digits === 2 ? 'x' : 'u'} without ${digits} hexadecimal digits`);
    this.#at += digits;
    return Number.parseInt(text, 16);
  }

  #set(): CharTest {
    const negated = this.#take('^');
    const tests: CharTest[] = [];
    while (!this.#take(']')) tests.push(this.#range());
    const any = anyOf(tests, this.#ignoreCase);
    return negated ? anyOf([not(any)], false) : any;
  }

  #range(): CharTest {
    const first = this.#member();
    const isRange = this.#next === '-' && !['', ']'].includes(this.#source.charAt(this.#at + 1));
    if (!isRange) return typeof first === 'number' ? inRange(first, first) : first;
    this.#at++;
    const last = this.#member();
    if (typeof first !== 'number' || typeof last !== 'number')
      throw new PatternError('has a class such as \\d at an end of a range: write the - first');
    if (first > last) throw new PatternError(`has the range ${rangeText(first, last)}, which is empty`);
    return inRange(first, last);
  }

  #member(): number | CharTest {
    const char = this.#step();
    if (char === '') throw new PatternError('has a [ without its ]');
    if (char !== '\\') return char.charCodeAt(0);
    return this.#take('b') ? 8 : this.#escape();
  }

  #character(code: number): Syntax {
    return { type: 'character', test: anyOf([inRange(code, code)], this.#ignoreCase) };
  }

  get #next(): string {
    return this.#source.charAt(this.#at);
  }

  #step(): string {
    return this.#source.charAt(this.#at++);
  }

  #take(char: string): boolean {
    const isNext = this.#next === char;
    if (isNext) this.#at++;
    return isNext;
  }
}

function rangeText(first: number, last: number): string {
  return `${String.fromCharCode(first)}-${String.fromCharCode(last)}`;
}
