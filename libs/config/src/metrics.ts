/** One metric of a row: its name in the API, its unit, and the stem of its database columns. */
export interface MetricDefinition {
  readonly name: MetricName;
  /** The unit as the API's schema names it. */
  readonly unit: 'percent' | 'bytes' | 'bytes_per_second' | 'load' | 'seconds';
  /** Columns are `<column>_avg`, `_min`, `_max`, `_samples`, `_expected`. The unit is part of the stem. */
  readonly column: string;
  readonly title: string;
}

/**
 * The metrics of a row, in the order in which they are returned. Everything that lists metrics (columns, API schema,
 * rules, the page) is derived from this table.
 */
export const METRICS = [
  { name: 'cpu', unit: 'percent', column: 'cpu_percent', title: 'CPU of all cores, iowait and steal included' },
  { name: 'memory', unit: 'percent', column: 'memory_percent', title: 'Memory used, without caches' },
  { name: 'memoryUsed', unit: 'bytes', column: 'memory_used_bytes', title: 'Memory used, without caches' },
  { name: 'swap', unit: 'percent', column: 'swap_percent', title: 'Swap used' },
  { name: 'disk', unit: 'percent', column: 'disk_percent', title: 'Root mount used' },
  { name: 'diskFullest', unit: 'percent', column: 'disk_fullest_percent', title: 'Fullest mount used' },
  { name: 'diskRead', unit: 'bytes_per_second', column: 'disk_read_bytes_per_second', title: 'Disk reads' },
  { name: 'diskWrite', unit: 'bytes_per_second', column: 'disk_write_bytes_per_second', title: 'Disk writes' },
  { name: 'netIn', unit: 'bytes_per_second', column: 'net_in_bytes_per_second', title: 'Network received' },
  { name: 'netOut', unit: 'bytes_per_second', column: 'net_out_bytes_per_second', title: 'Network sent' },
  { name: 'load1', unit: 'load', column: 'load1', title: 'Load average over one minute' },
  { name: 'uptime', unit: 'seconds', column: 'uptime_seconds', title: 'Time since boot' },
] as const satisfies readonly { name: string; unit: MetricDefinition['unit']; column: string; title: string }[];

export type MetricName = (typeof METRICS)[number]['name'];

/** The metrics whose samples decide how complete a row is; every machine has them. */
export const CORE_METRICS = ['cpu', 'memory'] as const satisfies readonly MetricName[];

/** The last values of a machine. `null`: this machine does not have it (no swap, say) or did not say. */
export type MetricValues = Readonly<Record<MetricName, number | null>>;
