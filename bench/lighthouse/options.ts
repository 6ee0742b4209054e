import { parseFlags, wholeNumber } from '../support/arguments.ts';

/** What somebody looks with, as Lighthouse imitates it. */
export const FORMS = ['desktop', 'mobile'] as const;
export type Form = (typeof FORMS)[number];

/** What is to be asked. */
export interface Options {
  /** Of each page in each form; the median counts. */
  readonly runs: number;
  /** Only pages whose name has this in it. `null`: all. */
  readonly only: string | null;
  readonly json: boolean;
  /** Only to be told how it is used. */
  readonly help: boolean;
}

export const USAGE = `Usage: npm run lighthouse -- [options]
  --runs N            runs of each page in each form, the median counts (3); one run takes some twelve seconds
  --only TEXT         only the pages whose name holds this
  --short             --runs 1
  --json              one JSON object instead of the table
  --help              this
Environment: CHROMIUM, another browser than /usr/bin/chromium.
Exit code 1 when a limit is not kept.`;

const FLAGS = {
  runs: { type: 'string', default: '3' },
  only: { type: 'string' },
  short: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** @throws Failure that says how it is used */
export function readOptions(args: readonly string[]): Options {
  const values = parseFlags(args, FLAGS, USAGE);
  return {
    runs: values.short ? 1 : wholeNumber('runs', values.runs, { min: 1, max: 50 }, USAGE),
    only: values.only ?? null,
    json: values.json,
    help: values.help,
  };
}
