import { formatDuration, type RetentionMs } from '#config';
import {
  type MeasuredStorage,
  type MeasuredTable,
  type PastPartition,
  type PastRetention,
  type ResolutionUse,
  resolutionOf,
  RETAINED_AS,
  type StoredResolution,
  sumUse,
  sumUseByNetwork,
} from '#storage';
import type {
  DroppedPartition,
  NextDrop,
  ResolutionUseView,
  RetentionDryRun,
  RetentionView,
  StorageReport,
} from './storage.dto.ts';

/** What is kept, how long, and how much it was when it was measured last; `null`: it was not yet. */
export function presentStorage(measured: MeasuredStorage | null, retention: RetentionMs): StorageReport {
  const tables = measured?.tables ?? [];
  return {
    measuredAt: measured?.at.toISOString() ?? null,
    databaseBytes: measured?.databaseBytes ?? null,
    retention: presentRetention(retention),
    resolutions:
      measured === null
        ? []
        : sumUse(tables).map(use => ({ ...presentUse(use), nextDrop: nextDropOf(use.resolution, tables, retention) })),
    networks: [...sumUseByNetwork(tables)].map(([network, uses]) => ({
      network,
      resolutions: uses.map(use => presentUse(use)),
    })),
  };
}

/** What a retention would drop. */
export function presentDryRun({ partitions, rows }: PastRetention, retention: RetentionMs, now: Date): RetentionDryRun {
  const going = partitions.filter(({ waitsFor }) => waitsFor === null);
  return {
    at: now.toISOString(),
    retention: presentRetention(retention),
    partitions: partitions.map(partition => presentPast(partition)),
    deleted: rows.map(part => ({ ...part, before: part.before.toISOString() })),
    rows: going.reduce<number | null>((sum, part) => (sum === null || part.rows === null ? null : sum + part.rows), 0),
    bytes: going.reduce((sum, part) => sum + part.bytes, 0),
  };
}

function presentRetention(retention: RetentionMs): RetentionView {
  const text = (ms: number | null): string | null => (ms === null ? null : formatDuration(ms));
  const { rows, hours, days, events } = retention;
  return { rows: text(rows), hours: text(hours), days: text(days), events: text(events) };
}

function presentUse({
  resolution,
  rows,
  bytes,
  oldest,
  newest,
}: ResolutionUse): Pick<ResolutionUseView, keyof ResolutionUseView> {
  return {
    resolution,
    rows,
    bytes,
    oldest: oldest?.toISOString() ?? null,
    newest: newest?.toISOString() ?? null,
  };
}

function presentPast({ name, resolution, from, to, rows, bytes, waitsFor }: PastPartition): DroppedPartition {
  return { partition: name, resolution, from: from.toISOString(), to: to.toISOString(), rows, bytes, waitsFor };
}

/** The oldest partition is the next that goes. */
function nextDropOf(
  resolution: StoredResolution,
  tables: readonly MeasuredTable[],
  retention: RetentionMs,
): NextDrop | null {
  const keptMs = retention[RETAINED_AS[resolution]];
  const [oldest] = tables
    .flatMap(table =>
      table.period !== null && resolutionOf(table.parent) === resolution ? [{ ...table, ...table.period }] : [],
    )
    .sort((a, b) => a.to.getTime() - b.to.getTime());
  if (oldest === undefined || keptMs === null) return null;
  const { name, from, to, bytes, networks } = oldest;
  return {
    partition: name,
    resolution,
    from: from.toISOString(),
    to: to.toISOString(),
    rows: [...networks.values()].reduce((sum, share) => sum + share.rows, 0),
    bytes,
    at: new Date(to.getTime() + keptMs).toISOString(),
  };
}
