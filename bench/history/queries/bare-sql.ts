import { METRICS } from '#config';
import type { Drawn } from './draw.ts';

/** What the API has to read for an answer, as the plainest statement that gives it. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The table of a resolution, as answers name it, with the column of its time and what it has beside the metrics. */
interface Source {
  readonly table: string;
  readonly start: string;
  readonly facts: string;
}

const ROLLUP_FACTS = 'windows, unreachable, unobserved, filled, reason, source';
const SOURCES: Readonly<Record<string, Source>> = {
  '10m': {
    table: 'metric_row',
    start: 'window_start',
    facts: 'reachable, reason, source, collected_at, filled_at, conclusion',
  },
  '1h': { table: 'rollup_hour', start: 'start_at', facts: ROLLUP_FACTS },
  '1d': { table: 'rollup_day', start: 'start_at', facts: ROLLUP_FACTS },
};

const VALUES = [
  ...METRICS.flatMap(({ column }) => ['avg', 'min', 'max'].map(part => `${column}_${part}`)),
  'cpu_percent_samples',
  'memory_percent_samples',
].join(', ');

function sourceOf(resolution: string): Source {
  const source = SOURCES[resolution];
  if (source === undefined) throw new Error(`there is no table of the resolution ${resolution}`);
  return source;
}

/** All metrics of one machine. */
export function readMachine({ machines, from, to }: Drawn, resolution: string): Statement {
  const { table, start, facts } = sourceOf(resolution);
  return {
    text: `select ${start}, ${facts}, ${VALUES} from ${table}
where machine_id = $1 and ${start} >= $2 and ${start} < $3 order by ${start}`,
    values: [machines[0]?.machineId, from, to],
  };
}

/** All metrics of several machines. */
export function readMachines({ machines, from, to }: Drawn, resolution: string): Statement {
  const { table, start, facts } = sourceOf(resolution);
  return {
    text: `select machine_id, ${start}, ${facts}, ${VALUES} from ${table}
where machine_id = any($1) and ${start} >= $2 and ${start} < $3 order by machine_id, ${start}`,
    values: [machines.map(({ machineId }) => machineId), from, to],
  };
}

/** The averages of one metric of all machines. */
export function readMetric({ machines, metric, from, to }: Drawn, resolution: string): Statement {
  const { table, start } = sourceOf(resolution);
  return {
    text: `select machine_id, ${start}, ${metric.column}_avg from ${table}
where machine_id = any($1) and ${start} >= $2 and ${start} < $3 order by machine_id, ${start}`,
    values: [machines.map(({ machineId }) => machineId), from, to],
  };
}

/** Probes and failures of whole days, from their sums, and of the rest, window by window. */
export function readUptime({ machines, from, to }: Drawn): Statement {
  const first = `(($2::timestamptz at time zone 'UTC')::date + 1)`;
  const end = `($3::timestamptz at time zone 'UTC')::date`;
  return {
    text: `select monitor, sum(probes) as probes, sum(failures) as failures from (
  select monitor, probes, failures from check_day where machine_id = $1 and day >= ${first} and day < ${end}
  union all
  select monitor, probes, failures from check_window
  where machine_id = $1 and window_start >= $2 and window_start < ${first} at time zone 'UTC'
  union all
  select monitor, probes, failures from check_window
  where machine_id = $1 and window_start >= ${end} at time zone 'UTC' and window_start < $3
) part group by monitor`,
    values: [machines[0]?.machineId, from, to],
  };
}

/** The windows that could not be read. */
export function readGaps({ machines, from, to }: Drawn): Statement {
  return {
    text: `select window_start, reason, collected_at, filled_at, conclusion from metric_row
where machine_id = $1 and window_start >= $2 and window_start < $3 and not reachable order by window_start`,
    values: [machines[0]?.machineId, from, to],
  };
}
