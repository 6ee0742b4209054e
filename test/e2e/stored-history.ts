import { afterAll, beforeAll } from 'vitest';
import { type MetricRow, openStorage, type Storage } from '#storage';
import { startFakeAgents, type RunningAgents } from '../support/hostile-agents.ts';
import { ServerProcess } from '../support/server-process.ts';
import { createDatabase, databases, waitFor, type DisposableDatabase } from '../support/services.ts';
import { requestsTo, type Requests } from './requests.ts';

export const MINUTE = 60_000;
export const WINDOW = 10 * MINUTE;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** The first of the days of which something is stored: so long ago that nobody comes to fill its gaps. */
export const START = Math.floor(Date.now() / DAY) * DAY - 60 * DAY;
/** Days that are stored of each machine. */
export const DAYS = 12;
export const NETWORK = '/api/v1/networks/acme';
export const WEB = `${NETWORK}/machines/web-1`;

/** An instant by the milliseconds since {@link START}, as a query names it. */
export const at = (ms: number): string => new Date(START + ms).toISOString();
export const range = (from: number, to: number): string => `from=${at(from)}&to=${at(to)}`;

export interface Answer {
  readonly resolution: string;
  readonly from: string;
  readonly to: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
}

/** What stands in one column. */
export function column({ columns, rows }: Pick<Answer, 'columns' | 'rows'>, name: string): unknown[] {
  return rows.map(row => row[columns.indexOf(name)]);
}

/** A server with a past, its database and its agents. */
export class StoredHistory {
  agents!: RunningAgents;
  database!: DisposableDatabase;
  server!: ServerProcess;
  storage!: Storage;
  api!: Requests;
  /** Of the machines, by name. */
  ids: Readonly<Record<string, number>> = {};

  /** Machines web-1, web-2 and db-1; of the first two every window of {@link DAYS} days is stored, and rolled up. */
  async start(): Promise<void> {
    this.agents = await startFakeAgents({ count: 3 });
    this.database = await createDatabase(databases()[0]?.url ?? '');
    this.server = await ServerProcess.create({ DATABASE_URL: this.database.url });
    const machines = ['web-1', 'web-2', 'db-1'].map(
      (name, i) => `  - { name: ${name}, netdata: "${this.agents.urls[i]}" }\n`,
    );
    await this.server.network(`network_id: acme\nversion: 1\nmachines:\n${machines.join('')}`);
    await this.server.start();
    this.api = await requestsTo(this.server);
    this.storage = await openStorage({ url: this.database.url, applicationName: 'test' });
    const stored = await this.storage.machines.list('acme');
    this.ids = Object.fromEntries(stored.map(({ name, machineId }) => [name, machineId]));
    await this.writePast();
  }

  async stop(): Promise<void> {
    await this.storage?.close();
    await this.server?.dispose();
    await this.agents?.stop();
    await this.database?.drop();
  }

  /** The history of web-1. */
  read(query: string): Promise<Answer> {
    return this.server.api<Answer>(`${WEB}/metrics?${query}`);
  }

  private async writePast(): Promise<void> {
    const { storage } = this;
    const windows = Array.from({ length: (DAYS * DAY) / WINDOW }, (_, window) => window);
    for (const [name, base] of Object.entries({ 'web-1': 0, 'web-2': 1000 })) {
      await storage.metricRows.write(windows.map(window => storedRow(this.ids[name] ?? 0, window, base)));
    }
    await waitFor(async () => {
      await storage.rollups.run(new Date());
      return !(await storage.rollups.isDue(new Date()));
    });
    for (const id of Object.values(this.ids)) await storage.machines.pastRead(id, new Date());
  }
}

/** A history of the test file's own. */
export function useHistory(): StoredHistory {
  const history = new StoredHistory();
  beforeAll(() => history.start());
  afterAll(() => history.stop());
  return history;
}

/** Cpu is the number of the window since START, plus a thousand for the second machine. Windows 30 to 33 are gaps. */
function storedRow(machineId: number, window: number, base: number): MetricRow {
  const windowStart = new Date(START + window * WINDOW);
  const facts = { machineId, windowStart, collectedAt: new Date(windowStart.getTime() + WINDOW + 7_000) };
  const nothing = { filledAt: null, conclusion: null, fullestMount: null, charts: {} };
  if (base === 0 && window >= 30 && window < 34) {
    const reason = window === 33 ? 'unobserved' : 'timeout';
    const conclusion = window === 33 ? ('distomon' as const) : ('no_data' as const);
    return { ...facts, ...nothing, reachable: false, reason, conclusion, source: null, metrics: {} };
  }
  const of = (avg: number) => ({ avg, min: avg - 0.5, max: avg + 0.5, samples: 600, expected: 600 });
  const metrics = { cpu: of(base + window), memory: of(0.1 + 0.2) };
  const charts = window < 6 ? { 'net.eth0': { received: of(5), '=sent': of(-7) } } : {};
  return { ...facts, ...nothing, reachable: true, reason: null, source: 'agent', metrics, charts };
}
