import { describe, expect, it, test } from 'vitest';
import { ApiError } from '../../api/api-error.ts';
import { agentUrlOf, hostOf } from './agent-url.ts';
import { diffLines } from './diff-lines.ts';
import { editProblemOf, fieldOf, indexOf, partText } from './edit-problem.ts';
import { addressIn, firewallCommands, installCommands, restrictCommands } from './guide.ts';
import { parseLabels, renderLabels } from './labels.ts';
import { placeOfLine } from './line-places.ts';
import { entryOf } from './machine-entry.ts';
import { decideChanges, newMachineOf, NO_VALUES, problemsOf, valuesOf } from './machine-values.ts';
import { oneAfterAnother } from './one-after-another.ts';
import { decidePauseEnd } from './pause-end.ts';

describe('an address as people type it', () => {
  it.each([
    ['10.0.0.11', 'http://10.0.0.11:19999'],
    [' db-1.example ', 'http://db-1.example:19999'],
    ['db-1:8080', 'http://db-1:8080'],
    ['fd00::11', 'http://[fd00::11]:19999'],
    ['[fd00::11]:8080', 'http://[fd00::11]:8080'],
    ['parent/host/db-1', 'http://parent:19999/host/db-1'],
    ['10.0.0.11/', 'http://10.0.0.11:19999'],
    ['https://web-1.example/netdata', 'https://web-1.example/netdata'],
    ['HTTP://10.0.0.11:19999', 'HTTP://10.0.0.11:19999'],
    ['10.0.0.300', null],
    ['', null],
    ['two words', null],
    ['ftp://10.0.0.11', null],
    ['http://user:word@10.0.0.11', null],
    ['http://10.0.0.11/?a=b', null],
  ])('%j is %j', (typed, url) => {
    expect(agentUrlOf(typed)).toBe(url);
  });

  it.each([
    ['http://[fd00::11]:19999', 'fd00::11'],
    ['https://web-1.example/netdata', 'web-1.example'],
    ['nonsense', null],
  ])('%j is at %j', (url, host) => {
    expect(hostOf(url)).toBe(host);
  });
});

describe('labels as people type them', () => {
  it.each([
    ['', {}],
    ['tier=db, region=fra', { tier: 'db', region: 'fra' }],
    ['place="Frankfurt am Main" url=http://x/?a=b', { place: 'Frankfurt am Main', url: 'http://x/?a=b' }],
    [String.raw`said="a \"word\" \\ more"`, { said: String.raw`a "word" \ more` }],
  ])('%j are %j, and are written so that they are read again', (text, labels) => {
    expect(parseLabels(text)).toEqual({ kind: 'labels', labels });
    expect(parseLabels(renderLabels(labels))).toEqual({ kind: 'labels', labels });
  });

  it.each([
    ['tier', /tier.*key=value/],
    ['tier=', /no value/],
    ['-x=1', /no name for a label/],
    ['a=1 a=2', /twice/],
    [`a=${'x'.repeat(201)}`, /longer than 200/],
  ])('of %j it is told what is wrong', (text, problem) => {
    expect(parseLabels(text)).toEqual({ kind: 'problem', problem: expect.stringMatching(problem) });
  });
});

test('a machine of the file has null for what is not said there', () => {
  expect(entryOf({ name: 'here', host: true, line: 3 })).toEqual({
    name: 'here',
    netdata: null,
    host: true,
    labels: {},
    auth: null,
    via: null,
    charts: [],
    address: null,
    timeout: null,
  });
});

describe('the form about a machine', () => {
  const former = valuesOf(
    entryOf({
      name: 'db-1',
      netdata: 'http://10.0.0.11:19999',
      labels: { tier: 'db' },
      auth: 'agents',
      charts: ['a.b', 'c.d'],
      line: 5,
    }),
  );

  it.each([
    ['nothing', {}, null],
    ['nothing, but spaces', { name: ' db-1 ', auth: ' agents' }, null],
    ['a new name', { name: 'db-9' }, { name: 'db-9' }],
    ['a short address', { netdata: '10.0.0.99' }, { netdata: 'http://10.0.0.99:19999' }],
    ['labels', { labels: 'tier=cache' }, { labels: { tier: 'cache' } }],
    ['what is no longer there', { labels: '', auth: '', charts: '' }, { labels: null, auth: null, charts: null }],
    ['charts', { charts: 'a.b, e.f' }, { charts: ['a.b', 'e.f'] }],
  ])('with %s changed sends that alone', (_, changes, sent) => {
    expect(decideChanges(former, { ...former, ...changes })).toEqual(sent);
  });

  it('of a new one sends what is filled in', () => {
    const values = { ...NO_VALUES, name: 'db-1 ', netdata: '10.0.0.11', labels: 'tier=db', via: 'fra-1' };
    expect(newMachineOf(values)).toEqual({
      name: 'db-1',
      netdata: 'http://10.0.0.11:19999',
      labels: { tier: 'db' },
      via: 'fra-1',
    });
  });

  it.each([
    [{}, ['name', 'netdata']],
    [{ name: 'a b', netdata: 'ftp://x', labels: 'x' }, ['name', 'netdata', 'labels']],
    [{ name: 'db-1', netdata: '10.0.0.11' }, []],
  ])('says of %j what is wrong with %j', (values, fields) => {
    expect(Object.keys(problemsOf({ ...NO_VALUES, ...values }))).toEqual(fields);
  });

  it('misses no address of a machine without an agent', () => {
    expect(problemsOf({ ...NO_VALUES, name: 'here' }, false)).toEqual({});
  });
});

describe('what an edit was refused for', () => {
  it.each([
    ['machines[0].netdata', 'netdata', 0],
    ['machines[3].labels.tier', 'labels', 3],
    ['machines[12]', '', 12],
    ['charts[1]', 'charts', null],
    ['monitors[0].on[1]', 'monitors', null],
  ])('at %j is about the field %j of the machine %j', (path, field, index) => {
    expect([fieldOf(path), indexOf(path)]).toEqual([field, index]);
  });

  it('is told with its line and its place', () => {
    expect(partText({ path: 'machines[3].netdata', message: 'is no URL', line: 12 })).toBe(
      'Line 12: machines[3].netdata: is no URL',
    );
    expect(partText({ path: '', message: 'is no YAML', line: null })).toBe('is no YAML');
  });

  it('is the patch, where the network is changed elsewhere', () => {
    const extras = { retryAfterSeconds: null, fields: {}, patch: '--- a\n+++ b\n' };
    expect(editProblemOf(new ApiError('READ_ONLY', 409, 'Elsewhere.', extras))).toEqual({
      alert: 'Elsewhere.',
      parts: [],
      patch: '--- a\n+++ b\n',
    });
  });
});

test.each([
  ['a\nbc\n\nd', 1, 'a'],
  ['a\nbc\n\nd', 2, 'bc'],
  ['a\nbc\n\nd', 3, ''],
  ['a\nbc\n\nd', 4, 'd'],
  ['a\nbc\n\nd', 9, ''],
])('of %j, line %i is %j', (text, line, content) => {
  const { start, end } = placeOfLine(text, line);
  expect(text.slice(start, end)).toBe(content);
});

describe('the differences of two texts', () => {
  const marks = (former: string, later: string): string[] =>
    diffLines(former, later).map(place =>
      place.map(({ kind, text }) => `${{ same: ' ', removed: '-', added: '+' }[kind]}${text}`).join('|'),
    );

  it.each([
    ['a\nb\nc', 'a\nb\nc', []],
    ['a\nb\nc', 'a\nx\nc', [' a|-b|+x| c']],
    ['a\nb\nc', 'a\nb\nc\nd', [' b| c|+d']],
    ['a\nb', '', ['-a|-b|+']],
    ['1\n2\n3\n4\n5\n6\n7\n8\n9', '1\nx\n3\n4\n5\n6\n7\n9', [' 1|-2|+x| 3| 4', ' 6| 7|-8| 9']],
    ['1\n2\n3\n4\n5\n6', 'x\n2\n3\n4\n5\ny', ['-1|+x| 2| 3| 4| 5|-6|+y']],
    ['1\n2\n3\n4\n5', 'x\n2\n3\n4\ny', ['-1|+x| 2| 3| 4|-5|+y']],
  ])('%j and %j', (former, later, places) => {
    expect(marks(former, later)).toEqual(places);
  });

  it('are shown as one when they are too many to be compared', () => {
    const lines = (sign: string): string => Array.from({ length: 2_100 }, (_, index) => `${sign}${index}`).join('\n');
    const [place = []] = diffLines(`${lines('a')}\nsame`, `${lines('b')}\nsame`);
    expect(place.filter(({ kind }) => kind === 'removed')).toHaveLength(2_100);
    expect(place.filter(({ kind }) => kind === 'added')).toHaveLength(2_100);
  });

  it('name the lines of the text in which each stands', () => {
    expect(diffLines('a\nb\nc', 'x\na\nc').flat()).toEqual([
      { kind: 'added', text: 'x', line: 1 },
      { kind: 'same', text: 'a', line: 2 },
      { kind: 'removed', text: 'b', line: 2 },
      { kind: 'same', text: 'c', line: 3 },
    ]);
  });
});

describe('the end of a pause', () => {
  const now = Date.parse('2026-11-20T10:00:00Z');

  it.each([
    ['1h', '', { kind: 'end', until: '2026-11-20T11:00:00.000Z' }],
    ['1d', '', { kind: 'end', until: '2026-11-21T10:00:00.000Z' }],
    ['open', '2026-11-20T12:00Z', { kind: 'end', until: null }],
    ['own', '2026-11-20T12:30Z', { kind: 'end', until: '2026-11-20T12:30:00.000Z' }],
    ['own', '', { kind: 'missing' }],
    ['own', '2026-11-20T10:00Z', { kind: 'past' }],
  ] as const)('of %s with %j is %j', (length, own, end) => {
    expect(decidePauseEnd(length, own, now)).toEqual(end);
  });
});

describe('the commands for a machine', () => {
  it.each(['10.0.0.2', '10.0.0.0/24', 'fd00::2', 'monitor.example'])('hold the address %s', address => {
    expect(addressIn(` ${address} `)).toBe(address);
    expect(restrictCommands('package', address)).toContain(`    allow connections from = localhost ${address}\n`);
    expect(firewallCommands('ufw', address, '19999')).toContain(`from ${address} to any port 19999`);
  });

  it.each(['', '10.0.0.2; reboot', '$(reboot)', "x'y", '-x', 'a b'])('never hold %j', text => {
    expect(addressIn(text)).toBeNull();
  });

  it('are of the family of the address', () => {
    expect(firewallCommands('nftables', 'fd00::2', '19999')).toContain('ip6 saddr fd00::2 tcp dport 19999 accept');
    expect(firewallCommands('nftables', '10.0.0.2', '19999')).toContain('ip saddr 10.0.0.2 tcp dport 19999 accept');
    expect(firewallCommands('firewalld', 'fd00::2', '19999')).toContain('family="ipv6"');
  });

  it('install without questions', () => {
    expect(installCommands('kickstart')).toContain('--non-interactive');
    expect(installCommands('package')).toContain('--yes');
  });
});

test('what is done to many ends with the first that fails', async () => {
  const done: string[] = [];
  const progress: number[] = [];
  const act = (name: string): Promise<void> => {
    if (name === 'c') return Promise.reject(new Error('no'));
    done.push(name);
    return Promise.resolve();
  };
  await expect(oneAfterAnother(['a', 'b', 'c', 'd'], act, count => progress.push(count))).rejects.toThrow('no');
  expect(done).toEqual(['a', 'b']);
  expect(progress).toEqual([0, 1, 2]);
});
