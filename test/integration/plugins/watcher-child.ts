import { registerHooks } from 'node:module';
import type { MonitorEntry, PluginEntry } from '#config';
import type { StoredMachine } from '#storage';

/** What this process is told to do: to check one plugin so many times, as a server would. */
export interface WatcherOrder {
  readonly entry: PluginEntry;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly checks: number;
  readonly timeoutMs: number;
}

/** What it tells: every line of its log, and each result with the memory it has then. */
export type WatcherNews =
  | { readonly log: string }
  | {
      readonly reason: string | null;
      readonly detail: string | null;
      readonly measures: object | null;
      readonly rssBytes: number;
    };

// Node strips types but compiles no decorators: of #config plugins need only what has none.
registerHooks({
  resolve: (name, context, next) =>
    next(name === '#config' ? new URL('./config-without-decorators.ts', import.meta.url).href : name, context),
});

const tell = (news: WatcherNews): void => void process.send?.(news);

async function run({ entry, parameters, checks, timeoutMs }: WatcherOrder): Promise<void> {
  const { describePlugin } = await import('../../../libs/collector/src/plugins/describe-plugin.ts');
  const { PluginMonitor } = await import('../../../libs/collector/src/plugins/plugin-monitor.ts');
  const log = (_: object, message: string): void => tell({ log: message });
  const monitor = new PluginMonitor(await describePlugin(entry), { debug: log, info: log, warn: log, error: log });
  const limits = { timeoutMs, signal: new AbortController().signal };
  for (let count = 0; count < checks; count += 1) {
    const { reason, detail, measures } = await monitor.probe({} as StoredMachine, limits, {
      service: true,
      parameters,
    } as MonitorEntry);
    tell({ reason, detail, measures, rssBytes: process.memoryUsage.rss() });
  }
}

process.on('message', (order: WatcherOrder) => void run(order));
