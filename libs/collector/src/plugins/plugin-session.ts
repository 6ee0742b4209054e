import type { PluginEntry } from '#config';
import { asText } from '../reading/shape.ts';
import type { CheckOrder, Report } from './host/channel.ts';
import { locatePlugin } from './process/locate-plugin.ts';
import { parseReport } from './process/parse-report.ts';
import { PluginProcess, type Listeners } from './process/plugin-process.ts';
import { Watchdog } from './process/watchdog.ts';

const LOAD_LIMIT_MS = 5_000;
/** How long before the end of a check the process is asked whether it is still there; half of the time at most. */
const LEAD_MS = 500;

/** What came of loading a plugin: what it says of itself, or why there is nothing. */
export type Loading = { readonly declaration: unknown } | { readonly why: string };

/** What came of a check. */
export type Outcome =
  | { readonly type: 'result'; readonly result: unknown; readonly latencyMs: number }
  | { readonly type: 'threw'; readonly message: string }
  /** The process ended before it had answered. */
  | { readonly type: 'ended'; readonly why: string }
  /** The signal was aborted. `isAlive`: the process still answered a moment before. */
  | { readonly type: 'stopped'; readonly isAlive: boolean };

/** One process of a plugin from its start to its end, and everything that is asked of it meanwhile. */
export class PluginSession {
  /** Resolves in at most 5 s. */
  readonly loaded: Promise<Loading>;
  /** Resolves when nothing is left of it; says why it ended. */
  readonly ended: Promise<string>;
  private readonly process: PluginProcess | null;
  private readonly watchdog: Watchdog | null;
  private readonly open = new Map<number, (outcome: Outcome) => void>();
  private onLoaded: (loading: Loading) => void = () => undefined;
  private lastId = 0;
  private heardAt = 0;
  private failure: string | null = null;

  constructor(entry: PluginEntry, onLine: Listeners['onLine']) {
    const place = locatePlugin(entry);
    this.loaded = new Promise(resolve => (this.onLoaded = resolve));
    if (typeof place === 'string') {
      [this.process, this.watchdog, this.ended] = [
        null,
        null,
        Promise.resolve(this.finish(`it cannot be loaded: ${place}`)),
      ];
      return;
    }
    const { readable, module } = place;
    const onMessage = (text: string): void => this.take(text);
    const running = new PluginProcess({ readable, memoryMiB: entry.memoryMiB }, { onLine, onMessage });
    this.process = running;
    this.watchdog = this.watch(running, entry.memoryMiB);
    const limit = setTimeout(
      () => running.kill(`it did not finish its import within ${LOAD_LIMIT_MS / 1000} s`),
      LOAD_LIMIT_MS,
    );
    void this.loaded.then(() => clearTimeout(limit));
    this.ended = running.ended.then(why => this.finish(why));
    running.send({ type: 'load', module, settings: entry.settings });
  }

  /** Asks for one check. Has an outcome as soon as the signal is aborted, whatever the plugin does. */
  check(order: CheckOrder, signal: AbortSignal): Promise<Outcome> {
    const id = (this.lastId += 1);
    let askedAt = 0;
    return new Promise(resolve => {
      const settle = (outcome: Outcome): void => {
        if (!this.open.delete(id)) return;
        clearTimeout(leadTimer);
        signal.removeEventListener('abort', stop);
        resolve(outcome);
      };
      const stop = (): void => {
        this.process?.send({ type: 'cancel', id });
        settle({ type: 'stopped', isAlive: askedAt > 0 && this.heardAt >= askedAt });
      };
      const ask = (): void => {
        askedAt = performance.now();
        this.process?.send({ type: 'ping' });
      };
      const leadTimer = setTimeout(ask, order.timeoutMs - Math.min(LEAD_MS, order.timeoutMs / 2));
      this.open.set(id, settle);
      signal.addEventListener('abort', stop);
      if (this.failure !== null) settle({ type: 'ended', why: this.failure });
      else if (signal.aborted) stop();
      else this.process?.send({ type: 'check', id, ...order });
    });
  }

  /** Ends it at once and waits until it is gone. */
  async close(why: string): Promise<void> {
    this.process?.kill(why);
    await this.ended;
  }

  private watch(running: PluginProcess, memoryMiB: number): Watchdog | null {
    if (running.pid === undefined) return null;
    return new Watchdog({
      pid: running.pid,
      memoryMiB,
      ping: () => running.send({ type: 'ping' }),
      kill: why => running.kill(why),
    });
  }

  private take(text: string): void {
    const report = parseReport(text);
    if (report === null) this.process?.kill('its process sent something that is no message');
    else this.receive(report);
  }

  private receive(report: Report): void {
    this.heardAt = performance.now();
    switch (report.type) {
      case 'loaded':
        this.watchdog?.expectAnswers();
        return this.onLoaded({ declaration: report.declaration });
      case 'failed':
        return this.process?.kill(asText(report.message, 600) ?? 'it failed');
      case 'result':
        return this.open.get(report.id)?.(report);
      case 'threw':
        return this.open.get(report.id)?.({ type: 'threw', message: asText(report.message, 600) ?? 'nothing' });
      case 'alive':
        return this.watchdog?.answered(report.memoryBytes);
    }
  }

  private finish(why: string): string {
    this.failure = why;
    this.watchdog?.stop();
    this.onLoaded({ why });
    for (const settle of this.open.values()) settle({ type: 'ended', why });
    return why;
  }
}
