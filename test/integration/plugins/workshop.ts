import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { MonitorEntry, PluginEntry } from '#config';
import { createPluginMonitors, describePlugin, type Monitor, type ProbeResult } from '#collector';
import type { StoredMachine } from '#storage';
import { MemoryLog } from '../jobs/memory-log.ts';

const never = new AbortController().signal;

/** A directory for nodeconf.yml with plugins in it, and their monitors, which are closed with it. */
export class Workshop {
  readonly log = new MemoryLog();
  /** As nodeconf.yml's directory. */
  readonly directory: string;
  private readonly monitors: Monitor[] = [];
  private written = 0;

  private constructor(directory: string) {
    this.directory = directory;
  }

  static async open(): Promise<Workshop> {
    return new Workshop(await realpath(await mkdtemp(join(tmpdir(), 'distomon-plugins-'))));
  }

  async close(): Promise<void> {
    await Promise.all(this.monitors.map(monitor => monitor.close()));
    await rm(this.directory, { recursive: true, force: true });
  }

  /** Writes a file below the directory; returns its path. */
  async write(path: string, text: string): Promise<string> {
    const full = join(this.directory, path);
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, text);
    return full;
  }

  /** A module in a directory of its own. */
  async module(source: string, more: Partial<PluginEntry> = {}): Promise<PluginEntry> {
    const path = await this.write(`plugins/p${(this.written += 1)}/plugin.mjs`, source);
    return this.entry({ path }, more);
  }

  /** A plugin of the kind `thing` with this text as its only method. */
  check(check: string, more: Partial<PluginEntry> = {}): Promise<PluginEntry> {
    return this.module(`export default { kind: 'thing', ${check} };`, more);
  }

  entry(module: PluginEntry['module'], more: Partial<PluginEntry> = {}): PluginEntry {
    return { module, directory: this.directory, settings: {}, memoryMiB: 128, ...more };
  }

  async monitor(entry: PluginEntry): Promise<Monitor> {
    const description = await describePlugin(entry);
    const monitor = createPluginMonitors([description], this.log)[description.kind];
    if (monitor === undefined) throw new Error('no monitor');
    this.monitors.push(monitor);
    return monitor;
  }
}

/** One check of the service `shop`. */
export function probe(
  monitor: Monitor,
  parameters: MonitorEntry['parameters'] = {},
  { timeoutMs = 5_000, signal = never }: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<ProbeResult> {
  return monitor.probe(service, { timeoutMs, signal }, entryOf({ parameters, service: true, timeoutMs }));
}

/** One check of a machine that `on` selects. */
export function probeMachine(
  monitor: Monitor,
  machine: Partial<StoredMachine>,
  parameters: MonitorEntry['parameters'] = {},
): Promise<ProbeResult> {
  const limits = { timeoutMs: 5_000, signal: never };
  return monitor.probe({ ...service, kind: 'machine', ...machine }, limits, entryOf({ parameters, on: ['web-1'] }));
}

const service: StoredMachine = {
  machineId: 1,
  kind: 'service',
  network: 'test',
  id: null,
  name: 'shop',
  netdata: null,
  host: false,
  via: null,
  address: null,
  auth: null,
  timeoutMs: null,
  charts: [],
  labels: {},
  agent: null,
  addedAt: new Date(0),
};

function entryOf(more: Partial<MonitorEntry>): MonitorEntry {
  return {
    name: 'shop',
    kind: 'thing',
    gives: 'check',
    needs: null,
    intervalMs: 10_000,
    timeoutMs: 5_000,
    on: [],
    service: false,
    parameters: {},
    ...more,
  };
}
