import { beforeEach, describe, expect, it } from 'vitest';
import type { SharedTab } from './live-channel.ts';
import { SharedStreams } from './live-shared.ts';

const AT = '2026-11-20T10:00:00.000Z';
const START = Date.parse(AT);
const ALL = '/api/v1/live?network=acme';
const only = (...names: string[]): string => `${ALL}&machines=${names.join('%2C')}`;

/** A server's side of a connection. */
class FakeSource extends EventTarget {
  readyState = 0;
  readonly url: string;

  constructor(url: string) {
    super();
    this.url = url;
  }

  close(): void {
    this.readyState = 2;
  }

  hello(sequence: number, at = AT): void {
    this.#send('hello', { sequence, at });
  }

  verdict(sequence: number): void {
    this.#send('verdict', { sequence, machine: 'web-1', to: 'down', reason: 'timeout', at: AT });
  }

  values(): void {
    this.#send('values', { at: AT, machines: {} });
  }

  fail(): void {
    this.dispatchEvent(new Event('error'));
  }

  #send(type: string, data: unknown): void {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data) }));
  }
}

/** A tab that writes down what it is told. */
class FakeTab implements SharedTab {
  readonly log: string[] = [];

  event(type: string, data: string): void {
    const { sequence } = JSON.parse(data) as { sequence?: number };
    this.log.push(sequence === undefined ? type : `${type} ${sequence}`);
    this.last = data;
  }

  last = '';

  ended(): void {
    this.log.push('ended');
  }
}

let now: number;
let sources: FakeSource[];
let streams: SharedStreams;

beforeEach(() => {
  now = START;
  sources = [];
  streams = new SharedStreams({
    now: () => now,
    open: url => {
      const source = new FakeSource(url);
      sources.push(source);
      return source;
    },
  });
});

function tab(url = ALL, account = 1): FakeTab {
  const joined = new FakeTab();
  streams.join(joined, { account, url });
  return joined;
}

function source(index: number): FakeSource {
  const found = sources[index];
  if (found === undefined) throw new Error(`no connection ${index} was opened`);
  return found;
}

/** The addresses of the connections that are open. */
function open(): string[] {
  return sources.filter(({ readyState }) => readyState !== 2).map(({ url }) => decodeURIComponent(url));
}

/** So many seconds later; each tab of these said meanwhile that it is there. */
function later(seconds: number, ...here: FakeTab[]): void {
  for (let second = 0; second < seconds; second++) {
    now += 1_000;
    for (const one of here) streams.isHere(one);
    streams.sweep();
  }
}

describe('tabs that look at one network', () => {
  it('share one connection, and are told the same', () => {
    const tabs = Array.from({ length: 20 }, () => tab());
    source(0).hello(7);
    source(0).verdict(8);
    source(0).values();
    expect(sources).toHaveLength(1);
    expect(new Set(tabs.map(({ log }) => log.join()))).toEqual(new Set(['hello 7,verdict 8,values']));
  });

  it('are greeted at once when they come later, with the newest change and the time of the server', () => {
    tab();
    source(0).hello(7, '2026-11-20T11:00:00.000Z');
    source(0).verdict(9);
    now += 2_000;
    const late = tab();
    expect(late.log).toEqual(['hello 9']);
    expect(JSON.parse(late.last)).toMatchObject({ at: '2026-11-20T11:00:02.000Z' });
    expect(sources).toHaveLength(1);
  });

  it('are not greeted by a connection that has been silent: it may be dead', () => {
    tab();
    source(0).hello(7);
    now += 10_000;
    const late = tab();
    expect([late.log, open()]).toEqual([[], [ALL]]);
    source(1).hello(7);
    expect(late.log).toEqual(['hello 7']);
  });

  it('let each go without the others noticing', () => {
    const [one, two] = [tab(), tab()];
    source(0).hello(7);
    streams.leave(one);
    later(10, two);
    source(0).values();
    expect([one.log, two.log, open()]).toEqual([['hello 7'], ['hello 7', 'values'], [ALL]]);
  });
});

describe('a connection', () => {
  it('is for one account and one network', () => {
    tab();
    source(0).hello(7);
    const [ofOther, ofBeta] = [tab(ALL, 2), tab('/api/v1/live?network=beta')];
    expect([ofOther.log, ofBeta.log, open()]).toEqual([[], [], [ALL, ALL, '/api/v1/live?network=beta']]);
    source(0).verdict(8);
    expect([ofOther.log, ofBeta.log]).toEqual([[], []]);
  });

  it('ends a moment after the last tab left, and stands for one that comes sooner', () => {
    const first = tab();
    source(0).hello(7);
    streams.leave(first);
    later(1);
    const second = tab();
    expect([second.log, sources.length]).toEqual([['hello 7'], 1]);
    streams.leave(second);
    later(4);
    expect(open()).toEqual([]);
  });

  it('ends when the tabs have died without a word', () => {
    const dead = tab();
    source(0).hello(7);
    later(20);
    expect([open(), dead.log]).toEqual([[], ['hello 7']]);
  });

  it('that breaks or is refused is told to all, and never made again by the browser itself', () => {
    const tabs = [tab(), tab()];
    source(0).hello(7);
    source(0).fail();
    expect([tabs.map(({ log }) => log), open()]).toEqual([
      [
        ['hello 7', 'ended'],
        ['hello 7', 'ended'],
      ],
      [],
    ]);
  });

  it('is made anew when somebody comes back, from where he was', () => {
    tab();
    source(0).hello(7);
    source(0).fail();
    const back = tab(`${ALL}&after=7`);
    source(1).hello(7);
    source(1).verdict(8);
    expect([open(), back.log]).toEqual([[`${ALL}&after=7`], ['hello 7', 'verdict 8']]);
  });
});

it('a tab that was taken for gone and is not is told that its stream has ended', () => {
  const slept = tab();
  source(0).hello(7);
  later(20);
  streams.isHere(slept);
  expect(slept.log.at(-1)).toBe('ended');
});

describe('when other machines are wanted', () => {
  it('another connection with all of them takes over at its hello, and only the new tab is greeted', () => {
    const one = tab(only('a'));
    source(0).hello(7);
    const two = tab(only('b'));
    source(0).verdict(8);
    expect([open(), two.log]).toEqual([[only('a'), `${ALL}&machines=a,b&after=7`].map(decodeURIComponent), []]);
    source(1).hello(7);
    source(1).verdict(8);
    source(1).verdict(9);
    expect([one.log, two.log]).toEqual([
      ['hello 7', 'verdict 8', 'verdict 8', 'verdict 9'],
      ['hello 8', 'verdict 8', 'verdict 9'],
    ]);
    expect(open()).toEqual([`${ALL}&machines=a,b&after=7`]);
  });

  it('and the server starts afresh, everybody is greeted: something may have been missed', () => {
    const one = tab(only('a'));
    source(0).hello(7);
    const two = tab(only('b'));
    source(1).hello(12);
    expect([one.log, two.log]).toEqual([['hello 7', 'hello 12'], ['hello 12']]);
  });

  it('and they are refused, only those are told who wanted them', () => {
    const one = tab(only('a'));
    source(0).hello(7);
    const two = tab(only('gone'));
    source(1).fail();
    expect([one.log, two.log, open()]).toEqual([['hello 7'], ['ended'], [only('a')]]);
  });

  it('by a third before the second was served, one connection is for all three', () => {
    const tabs = [tab(only('a')), tab(only('b')), tab(only('c'))];
    source(2).hello(7);
    expect(open()).toEqual([`${ALL}&machines=a,b,c`]);
    expect(tabs.map(({ log }) => log)).toEqual([['hello 7'], ['hello 7'], ['hello 7']]);
  });

  it('by nobody any more, a narrower connection takes over', () => {
    const [all, one] = [tab(), tab(only('a'))];
    source(0).hello(7);
    streams.leave(all);
    later(1, one);
    source(1).hello(7);
    expect([open(), one.log]).toEqual([[`${only('a')}&after=7`], ['hello 7']]);
  });

  it('again while a narrower connection is on its way, a wide one comes in its place', () => {
    const [all, one] = [tab(), tab(only('a'))];
    source(0).hello(7);
    streams.leave(all);
    later(1, one);
    const again = tab();
    expect(again.log).toEqual(['hello 7']);
    source(1).hello(7);
    source(2).hello(7);
    source(2).verdict(8);
    expect([open(), again.log, one.log]).toEqual([
      [`${ALL}&after=7`],
      ['hello 7', 'verdict 8'],
      ['hello 7', 'verdict 8'],
    ]);
  });

  it('whose names make the address too long, there are two connections', () => {
    const names = (prefix: string): string[] => Array.from({ length: 200 }, (_, index) => `${prefix}-${index}-machine`);
    tab(only(...names('one')));
    tab(only(...names('two')));
    expect(open()).toHaveLength(2);
    expect(Math.max(...sources.map(({ url }) => url.length))).toBeLessThan(6_000);
  });
});
