import { expect, it } from 'vitest';
import { writtenMachines } from './written-machines.ts';

it.each<[string, string, [Record<string, unknown>, number][]]>([
  [
    'with their keys as they are written and their lines',
    'version: 1\nmachines:\n  # a\n  - name: a\n    labels: &l { t: x }\n\n  - { name: b, labels: *l, timeout: 3s }\n',
    [
      [{ name: 'a', labels: { t: 'x' } }, 4],
      [{ name: 'b', labels: { t: 'x' }, timeout: '3s' }, 7],
    ],
  ],
  ['none of a file without any', 'version: 1\n', []],
  ['none of an empty list', 'machines:\nversion: 1\n', []],
])('machines are read %s', (_, text, expected) => {
  expect(writtenMachines(text).map(({ keys, line }) => [keys, line])).toEqual(expected);
});
