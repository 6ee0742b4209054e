import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { type MachineEntry, METRICS, type MetricValues, type Reason } from '#config';
import {
  type CutOffs,
  type FilledRow,
  type MetricRow,
  type MetricSummary,
  type Observation,
  openStorage,
  type Storage,
  type VersionToAccept,
} from '#storage';
import { createDatabase, type DisposableDatabase } from '../../support/services.ts';

export const WINDOW_MS = 600_000;
/** Any instant at the start of a window. */
export const T0 = new Date('2026-11-20T10:00:00.000Z');

export function later(ms: number, from = T0): Date {
  return new Date(from.getTime() + ms);
}

/** Nothing is past its retention. */
export const NOTHING: CutOffs = { rows: null, hours: null, days: null, events: null };

/** Drops, whatever is yet to be made of them, all partitions that ended at or before `cutOff`; their names. */
export async function dropBefore({ partitions }: Storage, cutOff: Date): Promise<string[]> {
  const old = (await partitions.list()).filter(({ to }) => to <= cutOff);
  return (await partitions.drop(old)).map(({ name }) => name);
}

/**
 * A storage on a database of the test file's own. `other` is a second one on it, as another process would have it.
 *
 * @param timeZone of the database's sessions; default: the server's
 */
export function useStorage(
  url: string,
  timeZone?: string,
): { storage: Storage; other: Storage; database: DisposableDatabase } {
  const opened = {} as { storage: Storage; other: Storage; database: DisposableDatabase };
  beforeAll(async () => {
    opened.database = await createDatabase(url);
    if (timeZone !== undefined) await setTimeZone(opened.database.url, timeZone);
    opened.storage = await openStorage({ url: opened.database.url, applicationName: 'test' });
    opened.other = await openStorage({ url: opened.database.url, applicationName: 'test-other' });
  });
  afterAll(async () => {
    await Promise.all([opened.storage.close(), opened.other.close()]);
    await opened.database.drop();
  });
  return opened;
}

async function setTimeZone(url: string, timeZone: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await asAdministrator(url, `alter database ${name} set timezone = '${timeZone}'`);
}

export function machine(name: string, more: Partial<MachineEntry> = {}): MachineEntry {
  const nothing = { id: null, via: null, address: null, auth: null, timeoutMs: null };
  return { ...nothing, name, netdata: `http://${name}:19999`, host: false, charts: [], labels: {}, ...more };
}

export function versionOf(network: string, version: number, machines: readonly MachineEntry[]): VersionToAccept {
  const text = `network_id: ${network}\nversion: ${version}\n# ${machines.map(({ name }) => name).join(' ')}\n`;
  const hash = `sha256:${createHash('sha256').update(text).digest('hex')}`;
  const expectedVersion = version === 1 ? null : version - 1;
  return { network, text, hash, author: 'alice', at: T0, version, expectedVersion, machines, services: [] };
}

/** A network with machines of these names; their ids, in order of the names. */
export async function networkOf(storage: Storage, network: string, names: readonly string[]): Promise<number[]> {
  await storage.networks.acceptVersion(
    versionOf(
      network,
      1,
      names.map(name => machine(name)),
    ),
  );
  return (await storage.machines.list(network)).map(({ machineId }) => machineId);
}

export function values(cpu: number): MetricValues {
  return { ...(Object.fromEntries(METRICS.map(({ name }) => [name, null])) as MetricValues), cpu };
}

export function observation(machineId: number, dueMs: number, more: Partial<Observation> = {}): Observation {
  return {
    machineId,
    monitor: 'netdata',
    observer: 'local',
    dueAt: later(dueMs),
    observedAt: later(dueMs + 250),
    reason: null,
    latencyMs: 12.5,
    clockOffsetMs: null,
    values: values(1),
    fullestMount: '/',
    detail: null,
    measures: null,
    ...more,
  };
}

export function missed(machineId: number, dueMs: number, more: Partial<Observation> = {}): Observation {
  return observation(machineId, dueMs, {
    reason: 'timeout',
    latencyMs: null,
    values: null,
    fullestMount: null,
    ...more,
  });
}

export function summary(avg: number, more: Partial<MetricSummary> = {}): MetricSummary {
  return { avg, min: avg - 1, max: avg + 1, samples: 600, expected: 600, ...more };
}

export function row(machineId: number, windowStart: Date, more: Partial<MetricRow> = {}): MetricRow {
  return {
    machineId,
    windowStart,
    reachable: true,
    reason: null,
    source: 'agent',
    collectedAt: later(607_000, windowStart),
    filledAt: null,
    conclusion: null,
    fullestMount: '/',
    metrics: { cpu: summary(10), memory: summary(50) },
    charts: {},
    ...more,
  };
}

/** A row without values, as it is written when the read at the window's close fails. */
export function gap(machineId: number, windowStart: Date, reason: Reason = 'timeout'): MetricRow {
  return row(machineId, windowStart, { reachable: false, reason, source: null, fullestMount: null, metrics: {} });
}

/** The values of such a window, as they are read an hour later. */
export function filled(machineId: number, windowStart: Date, more: Partial<FilledRow> = {}): FilledRow {
  const { metrics, charts, fullestMount } = row(machineId, windowStart);
  const filledAt = later(3_600_000, windowStart);
  return { machineId, windowStart, filledAt, source: 'agent', metrics, charts, fullestMount, ...more };
}

/** Runs SQL beside the storage, as an administrator would. */
export async function asAdministrator<T extends object>(
  url: string,
  sql: string,
  parameters: unknown[] = [],
): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql, parameters)).rows;
  } finally {
    await client.end();
  }
}
