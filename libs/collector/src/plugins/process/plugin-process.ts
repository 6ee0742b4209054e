import type { ChildProcess } from 'node:child_process';
import { Duplex, Readable } from 'node:stream';
import { CHANNEL_FD, MAX_MESSAGE_CHARACTERS, type Order } from '../host/channel.ts';
import { LineSplitter } from '../host/line-splitter.ts';
import { launchPlugin, LIFELINE_FD, type Launch } from './launch-plugin.ts';
import { readThrottled } from './read-throttled.ts';

const MAX_LINE_CHARACTERS = 500;
/** Far more than the parameters of a hundred checks. */
const MAX_UNREAD_BYTES = 16 * 1024 * 1024;

/** Who is told what the process says. */
export interface Listeners {
  /** One message of its channel, whatever it is. */
  readonly onMessage: (text: string) => void;
  /** One line of its standard output or error, cut when it is long. */
  readonly onLine: (line: string, stream: 'stdout' | 'stderr') => void;
}

/** One process of a plugin. Nothing that it does, or fails to do, throws here or takes memory without bound. */
export class PluginProcess {
  /** How it ended, in words that follow "the plugin x: ". Resolves once, after its last message. */
  readonly ended: Promise<string>;
  private readonly child: ChildProcess;
  private readonly channel: Duplex | null;
  private why: string | null = null;

  constructor(launch: Launch, listeners: Listeners) {
    this.child = launchPlugin(launch);
    this.ended = this.end();
    const channel = this.pipes[CHANNEL_FD];
    this.channel = channel instanceof Duplex ? channel : null;
    this.listen(listeners);
  }

  /** `undefined` when it could not be started. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  /** A process that is gone gets nothing; one that does not read is ended before much waits for it. */
  send(order: Order): void {
    if (this.channel?.writable !== true) return;
    if (this.channel.writableLength > MAX_UNREAD_BYTES) this.kill('its process does not read what it is asked');
    else this.channel.write(`${JSON.stringify(order)}\n`);
  }

  /** Ends it at once. @param why the first one counts: `its process took 140 MiB …` */
  kill(why: string): void {
    this.why ??= why;
    this.child.kill('SIGKILL');
  }

  private listen({ onMessage, onLine }: Listeners): void {
    this.pipes[LIFELINE_FD]?.on('error', () => undefined);
    const messages = new LineSplitter(2 * MAX_MESSAGE_CHARACTERS, (text, isCut) =>
      isCut ? this.kill('its process sent a message without end') : onMessage(text),
    );
    if (this.channel !== null) {
      readThrottled(this.channel, text => messages.push(text));
      this.channel.once('close', () => this.hangUp());
    }
    for (const [fd, name] of [
      [1, 'stdout'],
      [2, 'stderr'],
    ] as const) {
      const stream = this.pipes[fd];
      if (!(stream instanceof Readable)) continue;
      const lines = new LineSplitter(MAX_LINE_CHARACTERS, (line, isCut) => onLine(isCut ? `${line}…` : line, name));
      readThrottled(stream, text => lines.push(text));
      stream.once('end', () => lines.flush());
    }
  }

  /** Without its channel nothing can be asked of it any more; a process that has ended closes it too. */
  private hangUp(): void {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGKILL');
  }

  private end(): Promise<string> {
    return new Promise(resolve => {
      this.child.once('error', error => resolve(`its process could not be started: ${error.message}`));
      // `close` comes after the last byte of every pipe, `exit` also when a pipe is paused.
      this.child.once('exit', () => this.letGo());
      this.child.once('close', (code, signal) => resolve(this.why ?? howItEnded(code, signal)));
    });
  }

  /**
   * Its guard is told to go, for the number of the process may soon be another one's; pipes that nobody writes to any more
   * are read to their end.
   */
  private letGo(): void {
    for (const stream of this.pipes) {
      if (stream instanceof Readable) stream.resume();
    }
    const lifeline = this.pipes[LIFELINE_FD];
    if (lifeline instanceof Duplex) lifeline.end('\n', () => lifeline.destroy());
  }

  /** None, against its type, when we had no file descriptor left to start it with. */
  private get pipes(): ChildProcess['stdio'] | [] {
    return (this.child.stdio as ChildProcess['stdio'] | undefined) ?? [];
  }
}

function howItEnded(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal === 'SIGABRT') return 'its process ended with SIGABRT, as it does when its memory is used up';
  return signal === null
    ? `its process ended by itself, with exit code ${code ?? 'unknown'}`
    : `its process ended with ${signal}`;
}
