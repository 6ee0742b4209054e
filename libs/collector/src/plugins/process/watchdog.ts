import { memoryOf } from './memory-of.ts';

const LOOK_MS = 100;
/** Every so many looks it has to answer a ping. */
const LOOKS_PER_PING = 5;
/** Pings without an answer, one after the other: 3 s. Counted, so that a pause of ourselves is none of the plugin. */
const MAX_UNANSWERED = 6;
const MIB = 1024 * 1024;

/** What is watched, and what is done about it. */
export interface Watched {
  readonly pid: number;
  readonly memoryMiB: number;
  readonly ping: () => void;
  readonly kill: (why: string) => void;
}

/** Kills a process that takes too much memory, or whose event loop stands still. */
export class Watchdog {
  private readonly watched: Watched;
  private readonly timer: NodeJS.Timeout;
  private looks = 0;
  private pings = false;
  private unanswered = 0;
  private reportedBytes = 0;

  constructor(watched: Watched) {
    this.watched = watched;
    this.timer = setInterval(() => this.look(), LOOK_MS);
  }

  /** From now on it has to answer; while it is loaded it may be busy. */
  expectAnswers(): void {
    this.pings = true;
  }

  /** It has answered. @param memoryBytes what it says of itself, believed where the system does not tell */
  answered(memoryBytes: number): void {
    this.unanswered = 0;
    this.reportedBytes = memoryBytes;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const { pid, memoryMiB, kill, ping } = this.watched;
    const mib = Math.round((memoryOf(pid) ?? this.reportedBytes) / MIB);
    if (mib > memoryMiB)
      return kill(`its process took ${mib} MiB of memory and may take ${memoryMiB} (memory_mib in nodeconf.yml)`);
    this.looks += 1;
    if (!this.pings || this.looks % LOOKS_PER_PING !== 0) return;
    const silentMs = MAX_UNANSWERED * LOOKS_PER_PING * LOOK_MS;
    if (this.unanswered >= MAX_UNANSWERED)
      return kill(`its process did not respond for ${silentMs / 1000} s, as in an endless loop`);
    this.unanswered += 1;
    ping();
  }
}
