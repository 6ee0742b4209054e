import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PortSource } from './live-port-source.ts';
import type { Port, ToTab, ToWorker } from './live-port.ts';

/** The worker's end of a port. */
class FakePort implements Port {
  readonly said: ToWorker[] = [];
  isClosed = false;
  onmessage: Port['onmessage'] = null;

  postMessage(message: ToWorker): void {
    this.said.push(message);
  }

  close(): void {
    this.isClosed = true;
  }

  tell(data: ToTab): void {
    this.onmessage?.call(undefined as never, new MessageEvent('message', { data }));
  }
}

let port: FakePort;
let source: PortSource;
let log: string[];

beforeEach(() => {
  vi.useFakeTimers();
  log = [];
  port = new FakePort();
  source = new PortSource(port, { account: 4, url: '/live?a' });
  source.addEventListener('values', event => log.push(String((event as MessageEvent).data)));
  source.addEventListener('error', () => log.push(`error ${source.readyState}`));
});
afterEach(() => vi.useRealTimers());

describe('a stream through the worker', () => {
  it('says whose it is and what it wants, and from then on that it is there', () => {
    vi.advanceTimersByTime(11_000);
    expect(port.said).toEqual([{ say: 'join', account: 4, url: '/live?a' }, { say: 'here' }, { say: 'here' }]);
  });

  it('is open with its first event, and hands events on as they came', () => {
    expect(source.readyState).toBe(0);
    port.tell({ say: 'event', type: 'values', data: '{"at":1}' });
    expect([source.readyState, log]).toEqual([1, ['{"at":1}']]);
  });

  it('is over for good when the worker says so, as one that the server refused', () => {
    port.tell({ say: 'ended' });
    port.tell({ say: 'event', type: 'values', data: 'late' });
    expect([log, port.isClosed]).toEqual([['error 2'], true]);
  });

  it('leaves when it is closed, once, and is silent', () => {
    source.close();
    source.close();
    source.end();
    vi.advanceTimersByTime(60_000);
    expect([port.said.at(-1), port.said.length, port.isClosed, log]).toEqual([{ say: 'leave' }, 2, true, []]);
  });
});
