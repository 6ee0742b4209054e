import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { KINDS } from '../../../test/kinds.ts';
import { ConfigurationError } from '../../problem.ts';
import { defaultNetworkText } from '../default-network.ts';
import { parseNetworkFile } from '../parse-network-file.ts';
import { editMachines, type MachineEdit } from './edit-machines.ts';

const add = (...machines: Record<string, unknown>[]): MachineEdit => ({ kind: 'add', machines });
const change = (machine: string, changes: Record<string, unknown>): MachineEdit => ({
  kind: 'change',
  machine,
  changes,
});
const remove = (machine: string): MachineEdit => ({ kind: 'remove', machine });

const B = { name: 'b', netdata: 'http://b:19999' };

function textAfter(text: string, edit: MachineEdit): string {
  const edited = editMachines(text, edit);
  return edited.kind === 'text' ? edited.text : edited.kind;
}

const BLOCK = `version: 1
machines:
  # the first
  - name: a # its name
    netdata: "http://a:1"   # old port

    labels:
      tier: db # of all
  # the second
  - name: c
    host: true

# end
quorum: { misses: 3 }
`;

describe('an edit of the machines', () => {
  it.each<[string, string, MachineEdit, string]>([
    [
      'adds below the last one, as that is written, and before what follows it',
      BLOCK,
      add(B),
      BLOCK.replace('    host: true\n', '    host: true\n  - name: b\n    netdata: "http://b:19999"\n'),
    ],
    [
      'adds many at once in their order',
      'machines:\n- {name: a, host: true} # one\n# end',
      add(B, { name: 'd', host: true }),
      'machines:\n- {name: a, host: true} # one\n- { name: b, netdata: "http://b:19999" }\n- { name: d, host: true }\n# end',
    ],
    [
      'adds a list that is missing',
      'version: 1\nmonitors:\n  - x # last\n# end\n',
      add(B),
      'version: 1\nmonitors:\n  - x # last\nmachines:\n  - name: b\n    netdata: "http://b:19999"\n# end\n',
    ],
    [
      'adds to a list that is empty',
      'machines: # none yet\nrules: []\n',
      add({ name: 'b', host: true }),
      'machines: # none yet\n  - name: b\n    host: true\nrules: []\n',
    ],
    ['adds to brackets', 'machines: [ {name: a} ]\n', add({ name: 'b' }), 'machines: [ {name: a}, { name: b } ]\n'],
    [
      'adds to empty brackets',
      'machines: [] # none\nrules:\n',
      add({ name: 'b', labels: { tier: 'web' } }),
      'machines: # none\n  - name: b\n    labels: { tier: web }\nrules:\n',
    ],
    ['adds a list to braces', '{version: 1}', add({ name: 'b' }), '{version: 1, machines: [{ name: b }]}'],
    ['adds to a list in braces', '{machines: }', add({ name: 'b' }), '{machines: [{ name: b }] }'],
    [
      'keeps the line breaks of another system',
      'machines:\r\n  - name: a # x\r\nv: 1\r\n',
      add({ name: 'b', host: true }),
      'machines:\r\n  - name: a # x\r\n  - name: b\r\n    host: true\r\nv: 1\r\n',
    ],
    [
      'adds behind a text without a last line break',
      'machines:\n  - name: a',
      add({ name: 'b' }),
      'machines:\n  - name: a\n  - name: b',
    ],
    [
      'leaves out what is empty',
      'machines:\n  - name: a\n',
      add({ name: 'b', via: null, labels: {}, charts: [] }),
      'machines:\n  - name: a\n  - name: b\n',
    ],
    [
      'quotes what would be something else without',
      'machines: []\n',
      add({ name: '0815' }, { name: 'yes' }, { name: 'e5' }, { name: 'a b: #c' }),
      'machines: \n  - name: "0815"\n  - name: "yes"\n  - name: e5\n  - name: "a b: #c"\n'.replace(' \n', '\n'),
    ],
    [
      'changes a value and nothing else',
      BLOCK,
      change('a', { netdata: 'http://a:2' }),
      BLOCK.replace('http://a:1', 'http://a:2'),
    ],
    [
      'changes a label where it stands',
      BLOCK,
      change('a', { labels: { tier: 'web', rack: '7' } }),
      BLOCK.replace('tier: db # of all', 'tier: web # of all\n      rack: "7"'),
    ],
    [
      'adds and removes keys in one go',
      BLOCK,
      change('c', { host: null, address: '10.0.0.1' }),
      BLOCK.replace('    host: true\n', '    address: "10.0.0.1"\n'),
    ],
    ['removes the last label with its key', BLOCK, change('a', { labels: {} }), BLOCK.replace(/ +labels:\n.*\n/, '')],
    [
      'removes the key behind the dash',
      'machines:\n  - via: x # y\n    name: a\n',
      change('a', { via: null }),
      'machines:\n  - name: a\n',
    ],
    [
      'changes between braces',
      'machines: [{name: a, netdata: "http://a:1", via: x}] # z\n',
      change('a', { netdata: 'http://a:2', auth: 's' }),
      'machines: [{name: a, netdata: "http://a:2", via: x, auth: s}] # z\n',
    ],
    [
      'removes between braces',
      'machines:\n  - {name: a, netdata: "http://a:1", via: x} # z\n',
      change('a', { via: null }),
      'machines:\n  - { name: a, netdata: "http://a:1" } # z\n',
    ],
    [
      'replaces a value that stands below its key',
      'machines:\n  - name: a\n    charts:\n      - one # 1\n      - two # 2\n    host: true\n',
      change('a', { charts: ['two'] }),
      'machines:\n  - name: a\n    charts: [two] # 2\n    host: true\n',
    ],
    [
      'changes nothing when all is as it should be',
      BLOCK,
      change('a', { netdata: 'http://a:1', via: null, labels: { tier: 'db' } }),
      BLOCK,
    ],
    [
      'gives a machine that is renamed its old name as id',
      'machines:\n  - name: a # x\n    host: true\n',
      change('a', { name: 'b' }),
      'machines:\n  - name: b # x\n    host: true\n    id: a\n',
    ],
    [
      'leaves the id of a machine that has one',
      'machines:\n  - { id: one, name: a }\n',
      change('a', { name: 'b' }),
      'machines:\n  - { id: one, name: b }\n',
    ],
    [
      'removes a machine and leaves every comment that is not in it',
      BLOCK,
      remove('a'),
      BLOCK.replace(/ +- name: a[^]*of all\n/, ''),
    ],
    ['removes the last machine', BLOCK, remove('c'), BLOCK.replace('  - name: c\n    host: true\n', '')],
    ['removes the only machine', 'machines:\n  - name: a\nv: 1\n', remove('a'), 'machines:\nv: 1\n'],
    [
      'removes from brackets',
      'machines: [{name: a}, {name: b}, {name: c}] # x\n',
      remove('b'),
      'machines: [{name: a}, {name: c}] # x\n',
    ],
    ['says that a machine to change is missing', BLOCK, change('x', { host: true }), 'missing'],
    ['says that a machine to remove is missing', 'version: 1\n', remove('x'), 'missing'],
    ['says that a new name is taken', BLOCK, change('a', { name: 'c' }), 'exists'],
    ['says that a machine to add is there', BLOCK, add(B, { name: 'c' }), 'exists'],
    [
      'refuses to change for all what one anchor says of several',
      'machines:\n  - name: a\n    labels: &l { t: x }\n  - { name: b, labels: *l }\n',
      change('a', { labels: { t: 'y' } }),
      'not-editable',
    ],
    [
      'refuses to remove what others refer to',
      'machines:\n  - { name: a, labels: &l { t: x } }\n  - { name: b, labels: *l }\n',
      remove('a'),
      'not-editable',
    ],
  ])('%s', (_, text, edit, expected) => {
    expect(textAfter(text, edit)).toBe(expected);
  });

  it('names all machines that are there already', () => {
    expect(editMachines(BLOCK, add({ name: 'c' }, B, { name: 'a' }))).toEqual({ kind: 'exists', names: ['c', 'a'] });
  });

  it('takes what an alias stands for by what it says where it is used', () => {
    const text = 'machines:\n  - name: a\n    labels: &l { t: x }\n  - { name: b, labels: *l }\n';
    expect(textAfter(text, change('b', { labels: { t: 'z' } }))).toBe(text.replace('*l', '{ t: z }'));
  });

  it.each(['- a\n', 'just text\n', '', 'a: [\n', 'machines: *x\n'])('refuses %j, which is no mapping', text => {
    expect(() => editMachines(text, add(B))).toThrow(ConfigurationError);
  });
});

describe('the default file', () => {
  const text = defaultNetworkText({ machineName: 'a', via: 'a', agent: null, issuedAt: new Date(0) });
  const comments = (of: string): string[] => of.split('\n').filter(line => line.trim().startsWith('#'));

  it('keeps its comments through everything that can be done to it', () => {
    const edits = [
      add(B, { name: 'c', netdata: 'http://c:1' }),
      change('b', { name: 'e', via: 'x' }),
      remove('a'),
      remove('c'),
    ];
    const edited = edits.reduce(textAfter, text);
    expect(comments(edited)).toEqual(comments(text));
    const { machines } = parseNetworkFile(edited, 'f', KINDS);
    expect(machines.map(({ id, name, via }) => [id, name, via])).toEqual([['b', 'e', 'x']]);
  });
});

const name = fc.constantFrom('a', 'b', 'c', 'd', 'e5', '12', 'null');
const text = fc.oneof(
  fc.string({ maxLength: 12, unit: 'grapheme' }),
  fc.constantFrom('on', '~', '- x', '# y', '0x1f', '&a', '*b'),
);
const machine = fc.record(
  {
    name,
    netdata: text,
    host: fc.boolean(),
    labels: fc.dictionary(fc.constantFrom('x', 'y', 'z 1'), text, { maxKeys: 3, noNullPrototype: true }),
    charts: fc.array(text, { maxLength: 3 }),
  },
  { requiredKeys: ['name'], noNullPrototype: true },
);
const edits = fc.oneof(
  fc.array(machine, { minLength: 1, maxLength: 3 }).map(machines => add(...machines)),
  fc.record({ machine: name, changes: machine }).map(({ machine: one, changes }) => change(one, changes)),
  name.map(remove),
);
const starts = fc.constantFrom(
  BLOCK,
  'version: 1\n',
  'machines: []\n',
  '{version: 1, machines: [{name: a}, {name: b}]}',
  'machines:\n- name: a\n  labels: {x: "1", y: "2"}\n- {name: b, host: true}\r\n',
);

test('whatever is done in whatever order, the text stays editable and says what was meant', () => {
  fc.assert(
    fc.property(starts, fc.array(edits, { maxLength: 12 }), (start, all) => {
      let now: string = start;
      for (const edit of all) {
        const edited = editMachines(now, edit);
        expect(edited.kind).not.toBe('not-editable');
        if (edited.kind !== 'text') continue;
        const [before, after] = [now, edited.text].map(
          one => (parse(one) as { machines?: unknown[] | null }).machines ?? [],
        );
        const difference = edit.kind === 'add' ? edit.machines.length : edit.kind === 'remove' ? -1 : 0;
        expect(after?.length).toBe((before?.length ?? 0) + difference);
        now = edited.text;
      }
    }),
    { numRuns: 400 },
  );
});
