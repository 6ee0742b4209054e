import { METRICS } from '#config';
import { type Part, partColumn, PART_NAMES, PARTS } from './metric-columns.ts';
import { type Columns, recordset } from './recordset.ts';

/**
 * Hours out of rows and days out of hours, in SQL. Both come about in the same way, for an hour has the columns of a row;
 * only what is counted differs. The columns of the metrics are derived from their table, as those of the rows are.
 */

/** A machine and the start of an hour, or of a day of UTC. */
export const PERIOD_COLUMNS = { machine_id: 'integer', start_at: 'timestamptz' } as const satisfies Columns;

/** What the claims give. */
export interface ClaimedPeriod {
  readonly machine_id: number;
  readonly start_at_ms: number;
}

/** From what a table of rollups is made. */
interface Rollup {
  readonly table: 'rollup_hour' | 'rollup_day';
  readonly from: 'metric_row' | 'rollup_hour';
  readonly fromStart: 'window_start' | 'start_at';
  /** Of a fixed length, so that no session's time zone can change it. */
  readonly length: '1 hour' | '24 hours';
  /** How it comes to its counts. */
  readonly counts: Readonly<Record<'windows' | 'unreachable' | 'unobserved' | 'filled', string>>;
}

const HOURS: Rollup = {
  table: 'rollup_hour',
  from: 'metric_row',
  fromStart: 'window_start',
  length: '1 hour',
  counts: {
    windows: 'count(*)',
    unreachable: `count(*) filter (where not reachable and reason <> 'unobserved')`,
    unobserved: `count(*) filter (where reason = 'unobserved')`,
    filled: 'count(filled_at)',
  },
};

const DAYS: Rollup = {
  table: 'rollup_day',
  from: 'rollup_hour',
  fromStart: 'start_at',
  length: '24 hours',
  counts: {
    windows: 'sum(windows)',
    unreachable: 'sum(unreachable)',
    unobserved: 'sum(unobserved)',
    filled: 'sum(filled)',
  },
};

/**
 * Caps what no machine measures but an agent may say: a sum that is too large, and a quotient that rounds to 0, are errors
 * in PostgreSQL, which would keep all others of the batch from being made.
 */
function bounded(value: string): string {
  const [most, least] = [`double precision '1e290'`, `double precision '1e-290'`];
  return `case when abs(${value}) > ${most} then sign(${value}) * ${most} when abs(${value}) < ${least} then 0 else ${value} end`;
}

/** Several summaries as one: the average weighted by samples, and by no rounding outside of what was measured. */
function summaryOf(column: (part: Part) => string): Readonly<Record<Part, string>> {
  const [min, max, samples] = [`min(${column('min')})`, `max(${column('max')})`, `sum(${column('samples')})`];
  const weighted = `sum((${bounded(column('avg'))}) * ${column('samples')}) / nullif(${samples}, 0)`;
  return {
    avg: `least(greatest(${weighted}, ${min}), ${max})`,
    min,
    max,
    samples,
    expected: `sum(${column('expected')})`,
  };
}

/** The most frequent one; of those the first by name. Where there are only NULLs nothing is sorted. */
function mostFrequent(column: string): string {
  return `mode() within group (order by ${column} collate "C") filter (where ${column} is not null)`;
}

function withinPeriod({ from, fromStart, length }: Rollup): string {
  return `${from}.machine_id = p.machine_id
    and ${from}.${fromStart} >= p.start_at and ${from}.${fromStart} < p.start_at + interval '${length}'`;
}

/** The charts of a period: by chart and dimension the summary of all there are. */
function chartsOf(rollup: Rollup): string {
  const summary = summaryOf(part => `s.${part}`);
  const parts = PART_NAMES.map(part => `'${part}', ${summary[part]}`).join(', ');
  const columns = Object.entries(PARTS).map(([part, type]) => `${part} ${type}`);
  return `(
    select jsonb_object_agg(chart, dimensions)
    from (
      select chart, jsonb_object_agg(dimension, summary) as dimensions
      from (
        select chart.key as chart, dimension.key as dimension, jsonb_build_object(${parts}) as summary
        from ${rollup.from}, jsonb_each(extra) as chart, jsonb_each(chart.value) as dimension,
          jsonb_to_record(dimension.value) as s(${columns.join(', ')})
        where ${withinPeriod(rollup)}
        group by chart.key, dimension.key
      ) by_dimension
      group by chart
    ) by_chart
  )`;
}

/** The columns of a rollup beside its key and `extra`, each with how it is made. */
function aggregatesOf({ counts }: Rollup): readonly (readonly [name: string, expression: string])[] {
  const metrics = METRICS.flatMap(metric => {
    const summary = summaryOf(part => partColumn(metric, part));
    return PART_NAMES.map(part => [partColumn(metric, part), summary[part]] as const);
  });
  return [
    ...Object.entries(counts),
    ['reason', mostFrequent('reason')],
    ['source', mostFrequent('source')],
    ...metrics,
  ];
}

/**
 * Makes these periods anew. One by one, so that whatever the planner thinks each is a few rows of an index. A period
 * without rows stays as it is, and so does one of which a late row is all there is: the others were dropped with their
 * month, which the hours and days outlive.
 */
function makeAnew(rollup: Rollup): string {
  const aggregates = aggregatesOf(rollup);
  const names = aggregates.map(([name]) => name);
  const columns = [...names, 'extra'];
  return `
insert into ${rollup.table} (machine_id, start_at, ${columns.join(', ')})
select p.machine_id, p.start_at, ${names.map(name => `made.${name}`).join(', ')},
  case when made.charts > 0 then ${chartsOf(rollup)} end
from ${recordset('p', PERIOD_COLUMNS)}
cross join lateral (
  select count(extra) as charts,
    ${aggregates.map(([name, expression]) => `${expression} as ${name}`).join(',\n    ')}
  from ${rollup.from} where ${withinPeriod(rollup)}
  having count(*) > 0
) made
on conflict (machine_id, start_at) do update set ${columns.map(name => `${name} = excluded.${name}`).join(', ')}
where excluded.windows >= ${rollup.table}.windows`;
}

/** Their one parameter: the periods. */
export const HOURS_OF_ROWS = makeAnew(HOURS);
export const DAYS_OF_HOURS = makeAnew(DAYS);

const MONTH = `date_trunc('month', rollup_dirty.start_at, 'UTC')`;

/**
 * Parameters: now, months, limit. Gives the marks away, oldest first. One that somebody raises at this moment stays his:
 * his rows are not there yet. What is made of them must be read in a later statement, which sees all rows whose marks are
 * taken here.
 */
function claim(period: 'hour' | 'day'): string {
  return `
with claimed as (
  select period, start_at, machine_id from rollup_dirty
  where period = '${period}' and not_before <= ?
    and ${MONTH} = any (array(select start_at from ${recordset('m', { start_at: 'timestamptz' })}))
  order by start_at, machine_id
  limit ?
  for update skip locked
)
delete from rollup_dirty d using claimed c
where (d.period, d.start_at, d.machine_id) = (c.period, c.start_at, c.machine_id)
returning d.machine_id, (extract(epoch from d.start_at) * 1000)::double precision as start_at_ms`;
}

export const CLAIM_HOURS = claim('hour');
export const CLAIM_DAYS = claim('day');

/** Parameters: now, now, hours. A day that goes on is made once an hour: each of its windows would make it anew. */
export const MARK_DAYS = `
insert into rollup_dirty as d (period, machine_id, start_at, not_before)
select distinct 'day', machine_id, day,
  case when day + interval '24 hours' <= ? then 'epoch' else date_trunc('hour', ?::timestamptz, 'UTC') + interval '1 hour' end
from ${recordset('h', PERIOD_COLUMNS)}, date_trunc('day', h.start_at, 'UTC') as day
order by day, machine_id
on conflict (period, start_at, machine_id) do update set
  marks = d.marks + 1, not_before = least(d.not_before, excluded.not_before)`;

/** Parameter: now. */
export const IS_DUE = `select exists (select from rollup_dirty where not_before <= ?) as due`;

/** Parameters: now, limit, now, limit. The months that the next batch writes to, in milliseconds since the epoch. */
export const DUE_MONTHS = `
select distinct (extract(epoch from month) * 1000)::double precision as ms
from (
  (select ${MONTH} as month from rollup_dirty where period = 'hour' and not_before <= ? order by start_at, machine_id limit ?)
  union all
  (select ${MONTH} as month from rollup_dirty where period = 'day' and not_before <= ? order by start_at, machine_id limit ?)
) due`;
