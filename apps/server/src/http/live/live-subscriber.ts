import type { Response } from 'express';
import type { StoredMachine } from '#storage';
import { HEARTBEAT, renderEvent, type LiveEvent } from './live-event.ts';

/** A reader that is this far behind gets no more values until it has caught up: live values are worth nothing later. */
const MAX_BUFFERED_BYTES = 256 * 1024;
const HEARTBEAT_MS = 15_000;

/** Somebody who looks: one open event stream. */
export class LiveSubscriber {
  readonly network: string;
  /** Names of the machines looked at; `null`: all of the network. */
  readonly machines: ReadonlySet<string> | null;
  private readonly response: Response;
  private readonly heartbeat: NodeJS.Timeout;

  constructor(network: string, machines: ReadonlySet<string> | null, response: Response) {
    this.network = network;
    this.machines = machines;
    this.response = response;
    response.status(200).set({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      connection: 'keep-alive',
    });
    response.flushHeaders();
    this.heartbeat = setInterval(() => response.write(HEARTBEAT), HEARTBEAT_MS);
    response.once('close', () => clearInterval(this.heartbeat));
  }

  /** Whether this stream is about that machine. */
  wants(machine: Pick<StoredMachine, 'network' | 'name'>): boolean {
    return machine.network === this.network && (this.machines === null || this.machines.has(machine.name));
  }

  /** Sends an event that must not be lost; a reader that cannot follow is cut off and resumes by its last id. */
  send(event: LiveEvent): void {
    if (this.response.writableLength > 4 * MAX_BUFFERED_BYTES) this.end();
    else this.response.write(renderEvent(event));
  }

  /** Sends an event that is worth nothing later. */
  sendOrSkip(event: LiveEvent): void {
    if (this.response.writableLength <= MAX_BUFFERED_BYTES) this.response.write(renderEvent(event));
  }

  /** Ends the stream. */
  end(): void {
    clearInterval(this.heartbeat);
    this.response.end();
  }
}
