import { Migration } from '@mikro-orm/migrations';

/**
 * The stems of `metric_row`'s columns when this migration was written. A frozen copy on purpose: a migration never
 * changes, so a metric that is added later brings a migration of its own.
 */
const METRIC_COLUMNS = [
  'cpu_percent',
  'memory_percent',
  'memory_used_bytes',
  'swap_percent',
  'disk_percent',
  'disk_fullest_percent',
  'disk_read_bytes_per_second',
  'disk_write_bytes_per_second',
  'net_in_bytes_per_second',
  'net_out_bytes_per_second',
  'load1',
  'uptime_seconds',
];

const metricColumns = METRIC_COLUMNS.map(
  stem =>
    `${stem}_avg double precision, ${stem}_min double precision, ${stem}_max double precision, ` +
    `${stem}_samples integer, ${stem}_expected integer`,
).join(',\n  ');

/**
 * Names and cursors are `collate "C"`: the same order on every server, whatever its locale. Tables that are written
 * with every probe or window carry no foreign key: a machine is never deleted.
 */
const STATEMENTS = [
  `create table setting (
  name text collate "C" primary key,
  value text not null
)`,
  `create table network_version (
  network text collate "C" not null,
  version integer not null,
  content bytea not null,
  hash text not null,
  previous_hash text,
  author text not null,
  accepted_at timestamptz not null,
  primary key (network, version)
)`,
  `create table machine (
  machine_id integer generated always as identity primary key,
  network text collate "C" not null,
  name text collate "C" not null,
  stable_id text collate "C",
  netdata text,
  host boolean not null,
  via text collate "C",
  labels jsonb not null,
  agent jsonb,
  agent_seen_at timestamptz,
  added_at timestamptz not null,
  removed_at timestamptz
)`,
  `create unique index machine_name on machine (network, name) where removed_at is null`,
  `create unique index machine_stable_id on machine (network, stable_id) where stable_id is not null`,
  // Rewritten with every probe: room for the new version on the same page, no index on what changes.
  `create table latest (
  machine_id integer not null,
  monitor text collate "C" not null,
  observer text collate "C" not null,
  due_at timestamptz not null,
  observed_at timestamptz not null,
  reason text,
  latency_ms double precision,
  clock_offset_ms double precision,
  metric_values jsonb,
  values_at timestamptz,
  fullest_mount text,
  misses integer not null,
  since timestamptz not null,
  primary key (machine_id, monitor, observer)
) with (fillfactor = 70)`,
  `create table check_window (
  machine_id integer not null,
  monitor text collate "C" not null,
  observer text collate "C" not null,
  window_start timestamptz not null,
  probes integer not null,
  failures integer not null,
  reasons jsonb not null,
  latency_count integer not null,
  latency_sum_ms double precision not null,
  latency_min_ms double precision,
  latency_max_ms double precision,
  primary key (machine_id, window_start, monitor, observer)
) partition by range (window_start)`,
  `create table window_task (
  network text collate "C" not null,
  window_start timestamptz not null,
  shard integer not null,
  via text collate "C",
  machine_ids jsonb not null,
  state text not null default 'planned' check (state in ('planned', 'queued', 'running', 'done')),
  attempt integer not null default 0,
  not_before timestamptz,
  queued_at timestamptz,
  worker text,
  lease_until timestamptz,
  finished_at timestamptz,
  primary key (network, window_start, shard)
)`,
  `create index window_task_unfinished on window_task (network, window_start, shard) where state <> 'done'`,
  `create table metric_row (
  machine_id integer not null,
  window_start timestamptz not null,
  reachable boolean not null,
  reason text,
  source text,
  collected_at timestamptz not null,
  fullest_mount text,
  ${metricColumns},
  extra jsonb,
  primary key (machine_id, window_start),
  check (reachable = (reason is null))
) partition by range (window_start)`,
  `create table verdict (
  machine_id integer primary key references machine,
  state text not null,
  reason text,
  since timestamptz not null
)`,
  `create table verdict_transition (
  transition_id bigint generated always as identity primary key,
  machine_id integer not null references machine,
  from_state text,
  to_state text not null,
  reason text,
  because text not null,
  at timestamptz not null
)`,
  `create index verdict_transition_machine on verdict_transition (machine_id, transition_id)`,
  `create table outbox (
  sequence bigint generated always as identity primary key,
  network text collate "C" not null,
  topic text not null,
  machine_id integer not null references machine,
  machine text collate "C" not null,
  from_state text,
  to_state text not null,
  reason text,
  because text not null,
  at timestamptz not null,
  handled_at timestamptz
)`,
  `create index outbox_unhandled on outbox (sequence) where handled_at is null`,
  `create table host_chunk (
  machine_id integer not null,
  start_at timestamptz not null,
  samples jsonb not null check (jsonb_array_length(samples) between 1 and 600),
  primary key (machine_id, start_at)
)`,
  `create index host_chunk_start on host_chunk (start_at)`,
];

/** The first schema. */
export class M0001Initial extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}
