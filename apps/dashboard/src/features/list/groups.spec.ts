import { describe, expect, it } from 'vitest';
import { aRow } from '../machines/machine-row.example.ts';
import type { MachineRow } from '../machines/machine-row.ts';
import { foldKeyOf, type Group, groupKeysOf, groupRows, type ListPart, partsOf, rowParts } from './groups.ts';

const ROWS = [
  aRow({ name: 'db-1', state: 'down', labels: [['tier', 'db']] }),
  aRow({ name: 'web-2', labels: [['tier', 'web-10']] }),
  aRow({ name: 'loner', state: 'degraded' }),
  aRow({ name: 'web-1', state: 'unknown', labels: [['tier', 'web-9']] }),
  aRow({ name: 'db-2', labels: [['tier', 'db']] }),
];

function tierOf({ labels }: MachineRow): string | null {
  return labels.find(([key]) => key === 'tier')?.[1] ?? null;
}

const groups = groupRows(ROWS, tierOf);

describe('groups', () => {
  it('are ordered by name, as people count, and who has no such label comes last', () => {
    expect(groups.map(({ value }) => value)).toEqual(['db', 'web-9', 'web-10', null]);
  });

  it('keep the order of the list within', () => {
    expect(groups[0]?.names).toEqual(['db-1', 'db-2']);
  });

  it('tell how many are in which state, and the worst of these', () => {
    expect(groups.map(({ worst, counts: { total, up, down } }) => [worst, total, up, down])).toEqual([
      ['down', 2, 1, 1],
      ['unknown', 1, 0, 0],
      ['up', 1, 1, 0],
      ['degraded', 1, 0, 0],
    ]);
  });

  it('can be made by every label there is', () => {
    expect(
      groupKeysOf([
        [['tier', 'db']],
        [],
        [
          ['region', 'ams'],
          ['tier', 'web'],
        ],
      ]),
    ).toEqual(['region', 'tier']);
  });
});

function textOf(part: ListPart): string {
  return part.kind === 'head'
    ? `# ${part.group.value ?? '-'}${part.isFolded ? ' (folded)' : ''}`
    : part.names.join(' ');
}

describe('what is shown one below the other', () => {
  it('is a head and the rows of each group', () => {
    expect(partsOf(groups, new Set(), 1).map(textOf)).toEqual([
      '# db',
      'db-1',
      'db-2',
      '# web-9',
      'web-1',
      '# web-10',
      'web-2',
      '# -',
      'loner',
    ]);
  });

  it('is the head only of a folded group, also of the one without a value', () => {
    const folded = new Set(['db', null].map(foldKeyOf));
    expect(partsOf(groups, folded, 1).map(textOf)).toEqual([
      '# db (folded)',
      '# web-9',
      'web-1',
      '# web-10',
      'web-2',
      '# - (folded)',
    ]);
  });

  it('has as many rows side by side as there is room for, and a new line for each group', () => {
    const [db] = groups as readonly [Group];
    const three = { ...db, names: ['a', 'b', 'c'] };
    expect(partsOf([three, db], new Set(), 2).map(textOf)).toEqual(['# db', 'a b', 'c', '# db', 'db-1 db-2']);
    expect(rowParts(['a', 'b', 'c'], 2).map(textOf)).toEqual(['a b', 'c']);
  });

  it('has a key of its own for each part', () => {
    const keys = partsOf(groups, new Set(), 2).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
