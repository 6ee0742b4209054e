import { describe, expect, it } from 'vitest';
import type { VerdictState } from '../../api/client.ts';
import { type Entry, type Group, pageEntry } from './entries.ts';
import { find, type Found } from './find.ts';

function entry(label: string, group: Group = 'machines', state: VerdictState | null = 'up', words = ''): Entry {
  return { ...pageEntry(label, `/${label}`), id: `${group}/${label}`, group, state, words };
}

/** Heading by heading: "machines: db-1 db-2". */
function lines({ groups }: Found): string[] {
  return groups.map(({ group, entries }) => `${group}: ${entries.map(({ label }) => label).join(' ')}`);
}

const ALL = [
  entry('web-2', 'machines', 'up', 'acme tier:web region:eu'),
  entry('web-10', 'machines', 'down', 'acme tier:web region:us'),
  entry('db-1', 'machines', 'degraded', 'acme tier:db region:eu'),
  entry('backup', 'machines', 'up', 'beta'),
  entry('homeweb', 'machines', 'up', 'beta'),
  entry('web shop', 'services', 'down', 'https://shop.example/'),
  entry('Home', 'pages', null),
  entry('Settings: users', 'pages', null),
  entry('Sign out', 'actions', null),
];

describe('what is found', () => {
  it.each([
    ['', ['trouble: web shop web-10 db-1', 'pages: Home Settings: users', 'actions: Sign out']],
    ['  ', ['trouble: web shop web-10 db-1', 'pages: Home Settings: users', 'actions: Sign out']],
    ['web-2', ['machines: web-2']],
    ['web', ['services: web shop', 'machines: web-10 web-2 homeweb']],
    ['WEB 10', ['machines: web-10']],
    ['10', ['machines: web-10']],
    ['home', ['pages: Home', 'machines: homeweb']],
    ['home ', ['pages: Home', 'machines: homeweb']],
    ['users', ['pages: Settings: users']],
    ['region:eu', ['machines: db-1 web-2']],
    ['eu web', ['machines: web-2']],
    ['shop.example', ['services: web shop']],
    ['beta', ['machines: backup homeweb']],
    ['sign', ['actions: Sign out']],
    ['.*', []],
    ['zzz', []],
  ])('for "%s": %j', (query, expected) => {
    expect(lines(find(ALL, query))).toEqual(expected);
  });

  it('has the very name on top, also of what is well', () => {
    const names = [entry('db-1', 'machines', 'down'), entry('db', 'machines', 'up')];
    expect(lines(find(names, 'DB'))).toEqual(['machines: db db-1']);
  });

  it('is no more than somebody reads, and says how much more there is', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => entry(`node-${index + 1}`));
    const found = find(many, 'node');
    const [first] = found.groups;
    expect([first?.entries.length, found.more]).toEqual([40, 960]);
    expect(first?.entries.slice(0, 3).map(({ label }) => label)).toEqual(['node-1', 'node-2', 'node-3']);
  });
});
