import { parseFlags, wholeNumber } from '../support/arguments.ts';

/** What is to be measured. */
export interface Options {
  /** People, each with a session and a token. */
  readonly sessions: number;
  /** Requests of each subject; the warm ones come on top. */
  readonly requests: number;
  readonly json: boolean;
  /** Only to be told how it is used. */
  readonly help: boolean;
}

export const USAGE = `Usage: npm run bench -- sessions [options]
  --sessions N        people who are signed in (1000)
  --requests N        requests of each subject (4000); all together take some half a minute
  --short             --requests 500
  --json              one JSON object instead of the table
  --help              this
Environment: DATABASE_URL, an empty database; otherwise an embedded PostgreSQL of its own is started, as \`npm start\` does it.`;

const FLAGS = {
  sessions: { type: 'string', default: '1000' },
  requests: { type: 'string', default: '4000' },
  short: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** @throws Failure that says how it is used */
export function readOptions(args: readonly string[]): Options {
  const values = parseFlags(args, FLAGS, USAGE);
  const count = (name: 'sessions' | 'requests', min: number, max: number): number =>
    wholeNumber(name, values[name], { min, max }, USAGE);
  return {
    sessions: count('sessions', 1, 100_000),
    requests: values.short ? 500 : count('requests', 100, 100_000),
    json: values.json,
    help: values.help,
  };
}
