import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { WatcherNews, WatcherOrder } from './watcher-child.ts';

export type Seen = Extract<WatcherNews, { reason: string | null }>;

/** A process that checks plugins as a server does, and that can be killed. */
export class Watcher {
  readonly seen: Seen[] = [];
  readonly log: string[] = [];
  private readonly child: ChildProcess;

  constructor() {
    const path = fileURLToPath(new URL('./watcher-child.ts', import.meta.url));
    this.child = fork(path, [], { execArgv: ['--conditions=source', '--max-semi-space-size=4'] });
    this.child.on('message', (news: WatcherNews) => {
      if ('log' in news) this.log.push(news.log);
      else this.seen.push(news);
    });
  }

  check(order: WatcherOrder): void {
    this.child.send(order);
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  async kill(): Promise<void> {
    if (!this.isRunning) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }
}
