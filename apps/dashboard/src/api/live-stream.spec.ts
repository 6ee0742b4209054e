import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EventSourceLike, LiveStream } from './live-stream.ts';

const AT = '2026-11-20T10:00:00.000Z';
const [CONNECTING, CLOSED] = [0, 2];

/** A server's side of an EventSource. */
class FakeSource extends EventTarget {
  readyState = CONNECTING;
  readonly url: string;

  constructor(url: string) {
    super();
    this.url = url;
  }

  close(): void {
    this.readyState = CLOSED;
  }

  send(type: string, data: unknown): void {
    this.dispatchEvent(new MessageEvent(type, { data: typeof data === 'string' ? data : JSON.stringify(data) }));
  }

  fail(readyState: number): void {
    this.readyState = readyState;
    this.dispatchEvent(new Event('error'));
  }
}

let sources: FakeSource[];
let log: string[];
let stream: LiveStream;

beforeEach(() => {
  vi.useFakeTimers();
  sources = [];
  log = [];
  const open = (url: string): EventSourceLike => {
    const source = new FakeSource(url);
    sources.push(source);
    return source as unknown as EventSourceLike;
  };
  stream = new LiveStream(
    {
      connected: () => log.push('connected'),
      verdict: event => log.push(`${event.machine} ${event.to}`),
      values: event => log.push(`values of ${Object.keys(event.machines).join()}`),
      status: status => log.push(status),
      refused: () => log.push('refused'),
    },
    open,
  );
  stream.follow('/live?a');
});

afterEach(() => {
  stream.close();
  vi.useRealTimers();
});

function source(index: number): FakeSource {
  const found = sources[index];
  if (found === undefined) throw new Error(`no connection ${index} was opened`);
  return found;
}

describe('a live stream', () => {
  it('is live from hello on, and hands events on', () => {
    source(0).send('hello', { sequence: 7, at: AT });
    source(0).send('verdict', { sequence: 9, machine: 'web-1', to: 'down', reason: 'timeout', at: AT });
    source(0).send('values', { at: AT, machines: { 'web-1': null } });
    expect(log).toEqual(['connecting', 'live', 'connected', 'web-1 down', 'values of web-1']);
  });

  it.each([
    ['verdict', 'no json'],
    ['verdict', { sequence: 9, machine: 'web-1', to: 'on fire', at: AT }],
    ['verdict', { sequence: 9, machine: 7, to: 'down', at: AT }],
    ['values', { at: 'yesterday', machines: {} }],
    ['values', { at: AT }],
    ['hello', 'null'],
    ['hello', { at: AT }],
  ])('survives an odd %s event: %j', (type, data) => {
    source(0).send(type, data);
    expect(log).toEqual(['connecting']);
  });

  it('leaves a broken connection to the browser, and asks for the list again after its hello', () => {
    source(0).send('hello', { sequence: 7, at: AT });
    source(0).fail(CONNECTING);
    source(0).send('hello', { sequence: 7, at: AT });
    expect(log).toEqual(['connecting', 'live', 'connected', 'reconnecting', 'live', 'connected']);
    expect(sources).toHaveLength(1);
  });

  it('opens a new connection when the browser has given up, later each time', () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    source(0).fail(CLOSED);
    vi.advanceTimersByTime(1_000);
    source(1).fail(CLOSED);
    vi.advanceTimersByTime(1_999);
    expect(sources).toHaveLength(2);
    vi.advanceTimersByTime(1);
    source(2).send('hello', { sequence: 7, at: AT });
    expect(log.slice(-2)).toEqual(['live', 'connected']);
  });

  it('says when it was refused, and not when the browser is connecting again by itself', () => {
    source(0).send('hello', { sequence: 7, at: AT });
    source(0).fail(CONNECTING);
    expect(log.at(-1)).toBe('reconnecting');
    source(0).fail(CLOSED);
    expect(log.at(-1)).toBe('refused');
  });

  it('goes on after the last change it knows of', () => {
    source(0).send('hello', { sequence: 7, at: AT });
    source(0).send('verdict', { sequence: 9, machine: 'web-1', to: 'up', at: AT });
    source(0).fail(CLOSED);
    vi.advanceTimersByTime(1_000);
    expect(sources.map(({ url }) => url)).toEqual(['/live?a', '/live?a&after=9']);
  });

  it('does not trust a silent connection', () => {
    source(0).send('hello', { sequence: 7, at: AT });
    vi.advanceTimersByTime(16_000);
    expect(sources).toHaveLength(2);
    expect(source(0).readyState).toBe(CLOSED);
    expect(log.at(-1)).toBe('reconnecting');
  });

  it('moves to other machines without a gap: the old connection goes when the new one greets', () => {
    source(0).send('hello', { sequence: 7, at: AT });
    stream.follow('/live?b');
    source(0).send('verdict', { sequence: 9, machine: 'web-1', to: 'up', at: AT });
    expect(source(0).readyState).toBe(CONNECTING);
    expect(source(1).url).toBe('/live?b&after=7');
    source(1).send('hello', { sequence: 7, at: AT });
    expect(source(0).readyState).toBe(CLOSED);
    expect(log).toEqual(['connecting', 'live', 'connected', 'web-1 up']);
  });

  it('asks for the list again when the server starts afresh during the move, and goes on from there', () => {
    source(0).send('hello', { sequence: 7, at: AT });
    stream.follow('/live?b');
    source(1).send('hello', { sequence: 3, at: AT });
    expect(log.slice(-2)).toEqual(['live', 'connected']);
    stream.follow('/live?c');
    expect(source(2).url).toBe('/live?c&after=3');
  });

  it('asks for the list again when the old connection broke during the move', () => {
    source(0).send('hello', { sequence: 7, at: AT });
    stream.follow('/live?b');
    source(0).fail(CONNECTING);
    source(1).send('hello', { sequence: 7, at: AT });
    expect(log.slice(-3)).toEqual(['reconnecting', 'live', 'connected']);
  });

  it('does not wait any longer when the server is found to answer, and has one connection all the same', () => {
    source(0).fail(CLOSED);
    stream.hurry();
    stream.hurry();
    vi.advanceTimersByTime(60_000);
    expect(sources.slice(1).filter(({ readyState }) => readyState === CONNECTING)).toHaveLength(1);
    expect(sources[1]?.url).toBe('/live?a');
  });

  it('says nothing after it was closed', () => {
    stream.close();
    stream.hurry();
    source(0).send('hello', { sequence: 7, at: AT });
    source(0).fail(CLOSED);
    vi.advanceTimersByTime(60_000);
    expect([log, sources.length]).toEqual([['connecting'], 1]);
  });
});
