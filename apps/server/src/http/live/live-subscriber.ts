import type { Response } from 'express';
import type { StoredMachine } from '#storage';
import { HEARTBEAT, renderEvent, type LiveEvent } from './live-event.ts';

/** A reader that is this far behind gets no more values until it has caught up: live values are worth nothing later. */
const MAX_BUFFERED_BYTES = 256 * 1024;
/** A reader that has been that far behind for so many seconds in a row is not there any more. */
const MAX_SKIPPED_IN_A_ROW = 30;
const HEARTBEAT_MS = 15_000;

/** What an answer says that is an event stream. */
export const STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
  connection: 'keep-alive',
} as const;

/** What a stream is about, and whose it is. */
interface Viewing {
  readonly accountId: number;
  readonly network: string;
  /** Names of the machines and services looked at; `null`: all of the network. */
  readonly machines: ReadonlySet<string> | null;
}

/** Somebody who looks: one open event stream. The first event opens it; until then the answer can still be an error. */
export class LiveSubscriber {
  readonly accountId: number;
  readonly network: string;
  private readonly machines: ReadonlySet<string> | null;
  private readonly response: Response;
  private readonly heartbeat: NodeJS.Timeout;
  private skippedInARow = 0;

  constructor({ accountId, network, machines }: Viewing, response: Response) {
    this.accountId = accountId;
    this.network = network;
    this.machines = machines;
    this.response = response;
    response.status(200).set(STREAM_HEADERS);
    this.heartbeat = setInterval(() => this.write(HEARTBEAT), HEARTBEAT_MS);
    response.once('close', () => clearInterval(this.heartbeat));
  }

  /** Whether this stream is about that machine or service. */
  wants(machine: Pick<StoredMachine, 'network' | 'name'>): boolean {
    return machine.network === this.network && (this.machines === null || this.machines.has(machine.name));
  }

  /** Sends an event that must not be lost; a reader that cannot follow is cut off and resumes by its last id. */
  send(event: LiveEvent): void {
    if (this.response.writableLength > 4 * MAX_BUFFERED_BYTES) this.cut();
    else this.write(renderEvent(event));
  }

  /** Sends an event that is worth nothing later. To be called once a second. */
  sendOrSkip(event: LiveEvent): void {
    const isBehind = this.response.writableLength > MAX_BUFFERED_BYTES;
    this.skippedInARow = isBehind ? this.skippedInARow + 1 : 0;
    if (this.skippedInARow >= MAX_SKIPPED_IN_A_ROW) this.cut();
    else if (!isBehind) this.write(renderEvent(event));
  }

  /** Ends the stream in good order. */
  end(): void {
    clearInterval(this.heartbeat);
    if (!this.isOver()) this.response.end();
  }

  /** An end in good order would wait for the reader to take the rest, for ever. */
  private cut(): void {
    this.response.destroy();
  }

  private write(text: string): void {
    if (!this.isOver()) this.response.write(text);
  }

  private isOver(): boolean {
    return this.response.writableEnded || this.response.destroyed;
  }
}
