import { parseFlags, wholeNumber } from '../support/arguments.ts';
import { Failure } from '../support/failure.ts';

/** What can be measured, in the order in which it is. */
export const PARTS = ['rows', 'history', 'live', 'tabs'] as const;
export type Part = (typeof PARTS)[number];

/** What is to be measured, and how long. */
export interface Options {
  readonly parts: readonly Part[];
  /** Cold starts of each page. */
  readonly runs: number;
  /** Machines whose history is opened, each of them twice. */
  readonly machines: number;
  /** Days of history that these have. */
  readonly days: number;
  /** Seconds that the list of 300 machines is watched. */
  readonly seconds: number;
  /** Where the filled history stays. `null`: it is removed at the end. */
  readonly keep: string | null;
  /** Where a filled history is. */
  readonly from: string | null;
  readonly json: boolean;
  /** Only to be told how it is used. */
  readonly help: boolean;
}

export const USAGE = `Usage: npm run bench -- dashboard [options]
  --only PART         ${PARTS.join(', ')}; all of them otherwise
  --runs N            cold starts of each page (30)
  --machines N        machines whose history is opened (12)
  --days N            days of history that they have (380)
  --seconds N         how long 300 machines are watched (600); the tiles and a machine's page each a fifth of it
  --short             --runs 10 --machines 5 --days 60 --seconds 30
  --keep DIRECTORY    fill a database there and leave it
  --from DIRECTORY    use the database that was left there, by this benchmark or by \`history\`
  --json              one JSON object instead of the tables
  --help              this
Environment: CHROMIUM, another browser than /usr/bin/chromium.
Exit code 1 when a limit is not kept.`;

const FLAGS = {
  only: { type: 'string' },
  runs: { type: 'string', default: '30' },
  machines: { type: 'string', default: '12' },
  days: { type: 'string', default: '380' },
  seconds: { type: 'string', default: '600' },
  short: { type: 'boolean', default: false },
  keep: { type: 'string' },
  from: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** @throws Failure that says how it is used */
export function readOptions(args: readonly string[]): Options {
  const values = parseFlags(args, FLAGS, USAGE);
  const { only, short, keep = null, from = null } = values;
  const count = (name: 'runs' | 'machines' | 'days' | 'seconds', min: number, max: number): number =>
    wholeNumber(name, values[name], { min, max }, USAGE);
  if (keep !== null && from !== null)
    throw new Failure(`--keep fills a database, --from uses a filled one: not both\n${USAGE}`);
  return {
    parts: partsOf(only),
    runs: short ? 10 : count('runs', 3, 1_000),
    machines: short ? 5 : count('machines', 1, 100),
    days: short ? 60 : count('days', 40, 1_000),
    seconds: short ? 30 : count('seconds', 10, 86_400),
    keep,
    from,
    json: values.json,
    help: values.help,
  };
}

function partsOf(only: string | undefined): readonly Part[] {
  if (only === undefined) return PARTS;
  const chosen = PARTS.filter(part => part === only);
  if (chosen.length === 0) throw new Failure(`--only ${only}: there is no such part\n${USAGE}`);
  return chosen;
}
