import type { JobLog } from '#jobs';
import { decideRestart } from './decide-restart.ts';
import type { PluginDescription } from './plugin-description.ts';
import { PluginSession } from './plugin-session.ts';
import { LineAllowance } from './process/line-allowance.ts';
import { asText } from '../reading/shape.ts';

/** Why nothing is looked at any more. */
export const STOPPING = 'distomon is stopping';

/** Keeps at most one process of a plugin running: started when it is first needed, and again after it has ended. */
export class PluginSupervisor {
  private readonly plugin: PluginDescription;
  private readonly log: JobLog;
  private current: PluginSession | null = null;
  /** Why there may be none before `againAt`. */
  private trouble: { readonly why: string; readonly againAt: number } | null = null;
  private failures = 0;
  private closed = false;

  constructor(plugin: PluginDescription, log: JobLog) {
    this.plugin = plugin;
    this.log = log;
  }

  /** The process, loaded; a text says why there is none now. */
  async session(): Promise<PluginSession | string> {
    if (this.closed) return STOPPING;
    const waitMs = (this.trouble?.againAt ?? 0) - performance.now();
    if (this.current === null && this.trouble !== null && waitMs > 0)
      return `${this.trouble.why}; it is started again in ${Math.ceil(waitMs / 1000)} s`;
    const session = (this.current ??= this.start());
    const loading = await session.loaded;
    if ('why' in loading) return loading.why;
    return JSON.stringify(loading.declaration) === this.plugin.said ? session : this.refuseChanged(session);
  }

  /** Ends the process, and starts none any more. */
  async close(): Promise<void> {
    this.closed = true;
    await this.current?.close(STOPPING);
  }

  private start(): PluginSession {
    const startedAt = performance.now();
    const session = new PluginSession(this.plugin.entry, this.lineLog());
    void session.ended.then(why => this.onEnd(why, performance.now() - startedAt));
    return session;
  }

  private onEnd(why: string, livedMs: number): void {
    this.current = null;
    if (this.closed) return;
    const { failures, pauseMs } = decideRestart(this.failures, livedMs);
    this.failures = failures;
    this.trouble = { why, againAt: performance.now() + pauseMs };
    this.log.warn({ plugin: this.plugin.kind, why, failures, pauseMs }, 'the process of a plugin ended');
  }

  /** Network files were checked against what the plugin said at our start. */
  private refuseChanged(session: PluginSession): string {
    const why = 'it declares something else than when distomon started; restart distomon to take it over';
    void session.close(why);
    return why;
  }

  private lineLog(): (line: string, stream: 'stdout' | 'stderr') => void {
    const allowance = new LineAllowance();
    return (line, stream) => {
      const text = asText(line, 600);
      if (text === null) return;
      const { passes, leftOut } = allowance.ask(performance.now());
      const facts = { plugin: this.plugin.kind, stream };
      if (leftOut > 0) this.log.warn({ ...facts, leftOut }, 'a plugin wrote too much: lines were left out');
      if (passes) this.log.info(facts, text);
    };
  }
}
