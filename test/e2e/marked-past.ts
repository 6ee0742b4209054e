import { type MetricRow, openStorage, type Storage } from '#storage';
import { startFakeAgents, type RunningAgents } from '../support/hostile-agents.ts';
import { ServerProcess } from '../support/server-process.ts';
import { createDatabase, databases, waitFor, type DisposableDatabase } from '../support/services.ts';
import { query } from './callers.ts';
import { MARKED_COUNT, MARKED_VALUE, REMEMBERED } from './past-in.ts';

const WINDOW_MS = 600_000;
const DAY_MS = 86_400_000;
const NAMES = ['web-1', 'web-2'];
const SERVICE = '/api/v1/networks/acme/services/shop';
/** The past is so long ago that nobody comes to fill its gaps. */
const AGO_DAYS = 60;
const DAYS = 3;

interface Views {
  readonly items: readonly { readonly name: string; readonly verdict: { readonly state: string } }[];
}

/** A server with machines, a service, and a past of which everything that is stored can be recognised. */
export class MarkedPast {
  agents!: RunningAgents;
  database!: DisposableDatabase;
  server!: ServerProcess;
  /** The first instant of which something is stored. */
  readonly start = new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - AGO_DAYS * DAY_MS);

  async begin(): Promise<void> {
    this.agents = await startFakeAgents({ count: NAMES.length });
    this.database = await createDatabase(databases()[0]?.url ?? '');
    this.server = await ServerProcess.create({ DATABASE_URL: this.database.url, RATE_LIMIT: '0' });
    await this.server.network(this.#network());
    await this.server.start();
    await waitFor(() => this.#isAllUp(), { timeoutMs: 60_000 });
    await this.#write();
    // Figures of services are believed for some seconds: those of before the past was written have to be gone.
    await waitFor(async () => JSON.stringify(await this.server.api(SERVICE)).includes(String(MARKED_VALUE)), {
      timeoutMs: 30_000,
    });
  }

  async end(): Promise<void> {
    await this.server?.dispose();
    await this.agents?.stop();
    await this.database?.drop();
  }

  /** A state change, as the server writes it when it happens. */
  async change(because: string, at: Date): Promise<void> {
    const [machine] = await this.#query(`select machine_id from machine where name = 'web-1'`);
    const facts = [machine?.['machine_id'], because, at];
    await this.#query(
      `insert into verdict_transition (machine_id, from_state, to_state, reason, because, at)
       values ($1, 'up', 'down', 'timeout', $2, $3)`,
      facts,
    );
    await this.#query(
      `insert into outbox (network, topic, machine_id, machine, from_state, to_state, reason, because, at, handled_at)
       values ('acme', 'verdict.changed', $1, 'web-1', 'up', 'down', 'timeout', $2, $3, $3)`,
      facts,
    );
  }

  #network(): string {
    const port = new URL(this.agents.urls[0] ?? '').port;
    const machines = NAMES.map((name, i) => `  - { name: ${name}, netdata: "${this.agents.urls[i]}" }\n`);
    return `network_id: acme
version: 1
machines:
${machines.join('')}monitors:
  - { name: shop, kind: tcp, host: 127.0.0.1, port: ${port}, interval: 5s }
`;
  }

  async #isAllUp(): Promise<boolean> {
    const views = await Promise.all(
      ['machines', 'services'].map(what => this.server.api<Views>(`/api/v1/networks/acme/${what}`)),
    );
    const items = views.flatMap(view => view.items);
    return items.length === NAMES.length + 1 && items.every(({ verdict }) => verdict.state === 'up');
  }

  async #write(): Promise<void> {
    const storage = await openStorage({ url: this.database.url, applicationName: 'test' });
    try {
      const machines = await storage.machines.listWatched('acme');
      for (const { machineId, kind } of machines) {
        if (kind === 'machine') await storage.metricRows.write(this.#rows(machineId));
        await this.#writeChecks(storage, machineId);
        await storage.machines.pastRead(machineId, new Date());
      }
      await waitFor(async () => {
        await storage.rollups.run(new Date());
        return !(await storage.rollups.isDue(new Date()));
      });
    } finally {
      await storage.close();
    }
    for (let hours = 48; hours > 44; hours -= 1)
      await this.change(REMEMBERED, new Date(Date.now() - hours * 3_600_000));
  }

  /** Cpu and a chart with values that are known again; the fourth window is a gap. */
  #rows(machineId: number): MetricRow[] {
    const summary = (avg: number) => ({ avg, min: avg - 1, max: avg + 1, samples: 600, expected: 600 });
    return Array.from({ length: (DAYS * DAY_MS) / WINDOW_MS }, (_, window) => {
      const windowStart = new Date(this.start.getTime() + window * WINDOW_MS);
      const facts = { machineId, windowStart, collectedAt: new Date(windowStart.getTime() + WINDOW_MS) };
      const known = { filledAt: null, conclusion: null, fullestMount: null };
      if (window === 3)
        return { ...facts, ...known, reachable: false, reason: 'timeout', source: null, metrics: {}, charts: {} };
      const metrics = { cpu: summary(MARKED_VALUE + window) };
      const charts = { 'net.eth0': { received: summary(MARKED_VALUE + window) } };
      return { ...facts, ...known, reachable: true, reason: null, source: 'agent', metrics, charts };
    });
  }

  /** Of yesterday and of long ago: half of them failed. */
  async #writeChecks({ partitions }: Storage, machineId: number): Promise<void> {
    const starts = [this.start, new Date(Math.floor(Date.now() / WINDOW_MS) * WINDOW_MS - DAY_MS / 2)];
    await partitions.whenReady(starts, () => Promise.resolve());
    for (const windowStart of starts) {
      await this.#query(
        `insert into check_window (machine_id, monitor, observer, window_start, probes, failures, reasons,
           latency_count, latency_sum_ms, latency_min_ms, latency_max_ms)
         select $1, monitor, observer, $2, $3, $3 / 2, jsonb_build_object('timeout', $3 / 2),
           1000, 1000 * $4::double precision, $4::double precision, $4::double precision
         from latest where machine_id = $1`,
        [machineId, windowStart, MARKED_COUNT, MARKED_VALUE],
      );
    }
  }

  #query(sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
    return query(this.database.url, sql, values);
  }
}
