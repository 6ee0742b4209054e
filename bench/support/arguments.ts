import { parseArgs, type ParseArgsConfig } from 'node:util';
import { Failure } from './failure.ts';

type Flags = NonNullable<ParseArgsConfig['options']>;

/** @throws Failure that says how the benchmark is used */
export function parseFlags<const T extends Flags>(args: readonly string[], options: T, usage: string) {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    throw new Failure(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

/** What a flag may be. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** @throws Failure that says how the benchmark is used */
export function wholeNumber(name: string, text: string, { min, max }: Bounds, usage: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new Failure(`--${name} ${text}: it has to be a whole number from ${min} to ${max}\n${usage}`);
}
