import { parseFlags, wholeNumber } from '../support/arguments.ts';
import { Failure } from '../support/failure.ts';

/** What is to be measured. */
export interface Options {
  /** The history that is filled, unless one is there. */
  readonly machines: number;
  readonly days: number;
  /** Requests of each query; the warm ones come on top. */
  readonly requests: number;
  /** Machines whose windows are written; 0: that part is left out. */
  readonly writeMachines: number;
  readonly queries: boolean;
  /** Only questions whose name has this in it, and no download. `null`: all. */
  readonly only: string | null;
  /** Where the filled database stays. `null`: it is removed at the end. */
  readonly keep: string | null;
  /** Where a filled database is. */
  readonly from: string | null;
  /** Where the server leaves CPU profiles; they cost it some 10 %. */
  readonly profile: string | null;
  readonly json: boolean;
  /** Only to be told how it is used. */
  readonly help: boolean;
}

export const USAGE = `Usage: npm run bench -- history [options]
  --machines N        machines of the history (100)
  --days N            its length (365); to fill it takes some five minutes and 6 GB
  --short             --machines 20 --days 60
  --keep DIRECTORY    fill a database there and leave it
  --from DIRECTORY    use the database that was left there
  --requests N        requests of each query (600)
  --only TEXT         only the queries whose name holds this, and no CSV
  --no-queries        only write
  --write-machines N  machines whose windows are written (10000); 0: not at all
  --profile DIRECTORY CPU profiles of the server, which make it slower
  --json              one JSON object instead of the tables
  --help              this
Environment: DATABASE_URL, an empty database to be filled or one that this benchmark has filled; otherwise an embedded
PostgreSQL of its own is started, as \`npm start\` does it.`;

const FLAGS = {
  machines: { type: 'string', default: '100' },
  days: { type: 'string', default: '365' },
  short: { type: 'boolean', default: false },
  keep: { type: 'string' },
  from: { type: 'string' },
  requests: { type: 'string', default: '600' },
  only: { type: 'string' },
  'no-queries': { type: 'boolean', default: false },
  'write-machines': { type: 'string', default: '10000' },
  profile: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** @throws Failure that says how it is used */
export function readOptions(args: readonly string[]): Options {
  const values = parseFlags(args, FLAGS, USAGE);
  const count = (name: 'machines' | 'days' | 'requests' | 'write-machines', min: number, max: number): number =>
    wholeNumber(name, values[name], { min, max }, USAGE);
  if (values.keep !== undefined && values.from !== undefined)
    throw new Failure(`--keep fills a database, --from uses a filled one: not both\n${USAGE}`);
  return {
    machines: values.short ? 20 : count('machines', 5, 2_000),
    days: values.short ? 60 : count('days', 3, 1_000),
    requests: count('requests', 20, 100_000),
    writeMachines: count('write-machines', 0, 50_000),
    queries: !values['no-queries'],
    only: values.only ?? null,
    keep: values.keep ?? null,
    from: values.from ?? null,
    profile: values.profile ?? null,
    json: values.json,
    help: values.help,
  };
}
