import { parseFlags, wholeNumber } from '../support/arguments.ts';
import { Failure } from '../support/failure.ts';
import type { Backend } from './subjects/distomon.ts';

/** What is to be measured. */
export interface Options {
  /** Machines of the comparison. */
  readonly machines: number;
  readonly windowSeconds: number;
  /** Length of the comparison, in windows. */
  readonly windows: number;
  readonly backends: readonly Backend[];
  /** Numbers of machines whose windows are timed; none: that part is left out. */
  readonly windowMachines: readonly number[];
  /** Without it only windows are timed. */
  readonly compare: boolean;
  readonly json: boolean;
  /** Only to be told how it is used. */
  readonly help: boolean;
  /** Where the server leaves CPU profiles; they cost it some 10 %. */
  readonly profile: string | null;
}

export const USAGE = `Usage: npm run bench -- collect [options]
  --machines N           machines of the comparison (1000)
  --window 60s | 10m     length of a window there (10m; takes 30 minutes and more)
  --windows N            how many of them (3, the least)
  --short                --window 60s; five minutes instead, and the windows below
  --backends LIST        where the queues are: postgres,redis
  --window-machines LIST machines whose windows are timed (1000,10000); 0: not at all
  --no-compare           only time windows
  --profile DIRECTORY    CPU profiles of the server, which make it slower
  --json                 one JSON object instead of the tables
  --help                 this`;

const FLAGS = {
  machines: { type: 'string', default: '1000' },
  window: { type: 'string', default: '10m' },
  windows: { type: 'string', default: '3' },
  short: { type: 'boolean', default: false },
  backends: { type: 'string', default: 'postgres,redis' },
  'window-machines': { type: 'string', default: '1000,10000' },
  'no-compare': { type: 'boolean', default: false },
  profile: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** @throws Failure that says how it is used */
export function readOptions(args: readonly string[]): Options {
  const values = parseFlags(args, FLAGS, USAGE);
  const count = (name: string, text: string, min: number, max: number): number =>
    wholeNumber(name, text, { min, max }, USAGE);
  return {
    machines: count('machines', values.machines, 1, 60_000),
    windowSeconds: values.short ? 60 : secondsOf(values.window),
    windows: count('windows', values.windows, 3, 1000),
    backends: values.backends.split(',').map(backendOf),
    windowMachines: values['window-machines']
      .split(',')
      .map(text => count('window-machines', text, 0, 60_000))
      .filter(machines => machines > 0),
    compare: !values['no-compare'],
    json: values.json,
    help: values.help,
    profile: values.profile ?? null,
  };
}

function secondsOf(text: string): number {
  const [, number, unit] = /^(\d{1,5})(s|m)$/.exec(text) ?? [];
  const seconds = Number(number) * (unit === 'm' ? 60 : 1);
  if (!(seconds >= 30 && seconds <= 3600)) throw new Failure(`--window ${text}: from 30s to 60m\n${USAGE}`);
  return seconds;
}

function backendOf(text: string): Backend {
  if (text === 'postgres' || text === 'redis') return text;
  throw new Failure(`--backends ${text}: there are postgres and redis\n${USAGE}`);
}
