import { asMeasure } from '../../reading/shape.ts';

/** The points of one answer: rows of a time and one number for each dimension. */
export interface Points {
  readonly rows: number;
  /** Numbers in a row, its time included. */
  readonly columns: number;
  /** Row after row; NaN where the agent has none. */
  readonly numbers: Float64Array;
}

/** What was found, and the place after it. */
export interface Scanned {
  readonly points: Points;
  readonly end: number;
}

/** Digits that a double holds exactly, and the powers of ten it holds exactly: their quotient is rounded once, as it should be. */
const EXACT_DIGITS = 15;
const POWERS_OF_TEN = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, exponent) => Number(`1e${exponent}`));

const FIRST_NUMBERS = 8_192;
const [OPEN, CLOSE, COMMA, MINUS, PLUS, DOT] = [0x5b, 0x5d, 0x2c, 0x2d, 0x2b, 0x2e];
const [ZERO, NINE, SMALL_E, LARGE_E, SMALL_N] = [0x30, 0x39, 0x65, 0x45, 0x6e];

/**
 * Reads an array of arrays of numbers and nulls straight from the bytes of a JSON text: the points of a window are nine
 * tenths of what an agent is ever asked for, and as objects they would cost six times as much.
 */
export class PointScanner {
  #numbers = new Float64Array(FIRST_NUMBERS);
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  #count = 0;

  /** @returns `null` when there is anything else than equally long rows of numbers (RFC 8259 section 6) and nulls. */
  scan(bytes: Buffer, start: number): Scanned | null {
    this.#bytes = bytes;
    this.#at = start;
    this.#count = 0;
    const rows = this.#rows();
    const { end, count } = { end: this.#at, count: this.#count };
    this.#bytes = Buffer.alloc(0);
    if (rows === null || (rows > 0 && count % rows !== 0)) return null;
    return { points: { rows, columns: rows === 0 ? 0 : count / rows, numbers: this.#numbers.slice(0, count) }, end };
  }

  #rows(): number | null {
    if (!this.#take(OPEN)) return null;
    if (this.#take(CLOSE)) return 0;
    let columns: number | null = null;
    for (let rows = 1; ; rows++) {
      const before = this.#count;
      if (!this.#row()) return null;
      columns ??= this.#count;
      if (this.#count - before !== columns) return null;
      if (this.#take(COMMA)) continue;
      return this.#take(CLOSE) ? rows : null;
    }
  }

  #row(): boolean {
    if (!this.#take(OPEN)) return false;
    do {
      const value = this.#value();
      if (value === undefined) return false;
      if (this.#count === this.#numbers.length) this.#grow();
      this.#numbers[this.#count++] = value;
    } while (this.#take(COMMA));
    return this.#take(CLOSE);
  }

  /** NaN: null. `undefined`: neither that nor a number that can be a measurement. */
  #value(): number | undefined {
    this.#skipSpace();
    const start = this.#at;
    if (this.#bytes[start] === SMALL_N) {
      this.#at += 4;
      return this.#bytes.toString('latin1', start, this.#at) === 'null' ? Number.NaN : undefined;
    }
    if (this.#bytes[this.#at] === MINUS) this.#at++;
    let mantissa = 0;
    let digits = 0;
    let decimals = 0;
    let byte = this.#bytes[this.#at];
    const leadingZero = byte === ZERO;
    for (; byte !== undefined && byte >= ZERO && byte <= NINE; byte = this.#bytes[++this.#at], digits++)
      mantissa = mantissa * 10 + (byte - ZERO);
    if (digits === 0 || (leadingZero && digits > 1)) return undefined;
    if (byte === DOT) {
      byte = this.#bytes[++this.#at];
      for (; byte !== undefined && byte >= ZERO && byte <= NINE; byte = this.#bytes[++this.#at], decimals++)
        mantissa = mantissa * 10 + (byte - ZERO);
      if (decimals === 0) return undefined;
    }
    if (digits + decimals > EXACT_DIGITS || byte === SMALL_E || byte === LARGE_E) return this.#oddNumber(start);
    const value = mantissa / (POWERS_OF_TEN[decimals] ?? 1);
    return asMeasure(this.#bytes[start] === MINUS ? -value : value) ?? undefined;
  }

  /** A number with an exponent, or with more digits than can be added up exactly. */
  #oddNumber(start: number): number | undefined {
    for (let byte = this.#bytes[this.#at]; isOfNumber(byte); byte = this.#bytes[++this.#at]);
    try {
      return asMeasure(JSON.parse(this.#bytes.toString('latin1', start, this.#at))) ?? undefined;
    } catch {
      return undefined;
    }
  }

  #take(wanted: number): boolean {
    this.#skipSpace();
    if (this.#bytes[this.#at] !== wanted) return false;
    this.#at++;
    return true;
  }

  #skipSpace(): void {
    for (let byte = this.#bytes[this.#at]; byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;)
      byte = this.#bytes[++this.#at];
  }

  #grow(): void {
    const larger = new Float64Array(this.#numbers.length * 2);
    larger.set(this.#numbers);
    this.#numbers = larger;
  }
}

function isOfNumber(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (byte >= ZERO && byte <= NINE) || byte === SMALL_E || byte === LARGE_E || byte === MINUS || byte === PLUS;
}
