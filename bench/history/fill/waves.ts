import { METRICS, type MetricName } from '#config';

/** What a machine's values look like, as SQL: daily and weekly waves, a level of its own, and noise. */

/**
 * Temporary tables of the session. `profile`: what makes a machine different from the others. `level` is how busy it is
 * on the whole, `phase` when its day begins.
 */
export const PROFILES = `
create temp table profile as
select machine_id, random() as level, random() * 2 * pi() as phase,
  power(2, 32 + floor(random() * 5)) as memory_bytes, 20 + 60 * random() as disk_level, random() < 0.8 as has_swap,
  random() < 0.1 as has_chart
from machine order by machine_id`;

/** How the average of a window comes about, from the profile `p` and the window's `w.day` and `w.week` waves, -1 to 1. */
const AVERAGES: Readonly<Record<MetricName, string>> = {
  cpu: `least(100, greatest(0.2, 5 + 40 * p.level + 15 * w.day + 4 * w.week + 6 * random()))`,
  memory: `least(100, 25 + 40 * p.level + 6 * w.day + 3 * w.week + random())`,
  memoryUsed: `p.memory_bytes * (0.25 + 0.4 * p.level + 0.06 * w.day + 0.01 * random())`,
  swap: `case when p.has_swap then 10 * p.level + random() end`,
  disk: `p.disk_level + 3 * w.week + 0.1 * random()`,
  diskFullest: `least(100, p.disk_level + 8 + 3 * w.week + 0.1 * random())`,
  diskRead: `2e5 * p.level * (1.2 + w.day) * random()`,
  diskWrite: `8e5 * (0.2 + p.level) * (1.2 + w.day) * random()`,
  netIn: `3e6 * (0.1 + p.level) * (1.3 + w.day + 0.2 * w.week) * (0.5 + random())`,
  netOut: `9e6 * (0.1 + p.level) * (1.3 + w.day + 0.2 * w.week) * (0.5 + random())`,
  load1: `greatest(0, 4 * p.level + 1.5 * w.day + 0.5 * random())`,
  uptime: `w.seconds - 4e6 * floor(w.seconds / 4e6 - p.level)`,
};

/** Seconds of a window that have a value: load steps 5 s. */
const POINTS: Partial<Record<MetricName, number>> = { load1: 120 };

/** The averages of a row, named by the columns' stems. */
export const WAVES = METRICS.map(({ name, column }) => `${AVERAGES[name]} as ${column}`).join(',\n    ');

/**
 * The columns of a metric and what stands in them, from the averages `v`. An average of 600 doubles has all its digits; a
 * least or greatest value has those that agents send.
 */
export const COLUMNS: readonly { readonly name: string; readonly value: string }[] = METRICS.flatMap(
  ({ name, column }) => [
    { name: `${column}_avg`, value: `v.${column}` },
    { name: `${column}_min`, value: `round((v.${column} * (0.98 - 0.5 * random())) * 1e4) / 1e4` },
    { name: `${column}_max`, value: `round((v.${column} * (1.02 + 0.5 * random())) * 1e4) / 1e4` },
    { name: `${column}_samples`, value: `case when v.${column} is not null then ${POINTS[name] ?? 600} end` },
    { name: `${column}_expected`, value: `case when v.${column} is not null then ${POINTS[name] ?? 600} end` },
  ],
);
