import { describe, expect, it } from 'vitest';
import { problemLinesOf } from '../../test/problems-of.ts';
import { ConfigurationError } from '../problem.ts';
import { readYaml } from './yaml-source.ts';

const linesOf = (text: string) =>
  problemLinesOf(() => {
    const { problems } = readYaml(text, 'f.yml');
    if (problems.length > 0) throw new ConfigurationError(problems);
  });

describe('readYaml', () => {
  it('reads YAML 1.2: no dates, no yes and no, no merge keys, and every key is text', () => {
    const { value } = readYaml('%YAML 1.1\n---\nat: 2026-11-20\nyes: no\n1: 2\n<<: { a: 1 }\n', 'f.yml');
    expect(value).toEqual({ at: '2026-11-20', yes: 'no', 1: 2, '<<': { a: 1 } });
  });

  it('lets an anchor be used', () => {
    expect(readYaml('a: &l { tier: db }\nb: *l\n', 'f.yml').value).toEqual({ a: { tier: 'db' }, b: { tier: 'db' } });
  });

  it.each([
    ['', ': is empty'],
    ['# only a comment\n', ': is empty'],
    ['a: [1\nb: 2\n', '2 : is no YAML: '],
    ['a: 1\n\tb: 2\n', '2 : is no YAML: '],
    ['a: 1\n---\nb: 2\n', '2 : is no YAML: there is a second document (after ---); one file is one document'],
    ['a: 1\nb: !secret x\n', '2 : is no YAML: a tag (!…) that means nothing for this value'],
    ['a: 1\nb: !!int x\n', '2 : is no YAML: a tag (!…) that means nothing for this value'],
    ['a: 1\nb: *late\nc: &late 1\n', '2 : is no YAML: an alias (*…) of an anchor that is not set before it'],
    ['a: 1\nb: "\\q"\n', '2 : is no YAML: an escape (\\…) that means nothing between double quotes'],
    ['%FOO bar\n---\na: 1\n', '1 : is no YAML: a directive (%…) that means nothing here'],
    ['a: 1\nb: ]\n', '2 : is no YAML: Unexpected flow-seq-end token in YAML stream'],
    ['a: &b: 1\n', '1 : is no YAML: Anchor ending in : is ambiguous'],
    ['? [a]\n: 1\n', '1 : is no YAML: '],
    [`a: ${'x'.repeat(1024 * 1024)}`, ': is larger than 1 MiB'],
    [`a: &a [${'x,'.repeat(10)}]\nb: [${'*a,'.repeat(200)}]\n`, ': cannot be read: Excessive alias count'],
  ])('refuses %.30j with the line', (text, problem) => {
    expect(linesOf(text)[0]).toContain(problem);
  });

  it('refuses a bomb of aliases before it has grown', () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level},`.repeat(9)}]`,
    );
    expect(linesOf(['a0: &a0 [x]', ...levels].join('\n'))[0]).toContain('cannot be read: Excessive alias count');
  });

  const SECRET = 'hunter2x';
  it.each([
    `*${SECRET}`,
    `!${SECRET}`,
    `!${SECRET} x`,
    `!<${SECRET}> x`,
    `!x!${SECRET} x`,
    `!!${SECRET} x`,
    `&a ${SECRET}: x`,
    `|${SECRET}`,
    `>${SECRET}`,
    `%${SECRET}`,
    `@${SECRET}`,
    `\`${SECRET}`,
    `]${SECRET}`,
    `}${SECRET}`,
    `,${SECRET}`,
    `- ${SECRET}`,
    `"\\${SECRET}"`,
    `"\\x${SECRET}"`,
    `"${SECRET}`,
    `'${SECRET}`,
    `"${SECRET}" ${SECRET}`,
    `[${SECRET}`,
    `{${SECRET}`,
    `{${SECRET}: ]`,
    `${SECRET}: ${SECRET}`,
    `${SECRET}\n${SECRET}`,
    `x\n%${SECRET}`,
    `x\n--- ${SECRET}\n`,
    `*a *${SECRET}`,
    `&a\n  &${SECRET} x`,
    `\t- ${SECRET}`,
  ])('tells what is wrong with %j and shows nothing of it', text => {
    const problems = linesOf(`password: ${text}\n`);
    expect(problems).not.toEqual([]);
    // Not even the beginning that an escape takes with it.
    expect(problems.join('\n')).not.toMatch(/hu|unter/);
  });

  it('reports every syntax error, not only the first', () => {
    expect(linesOf('a: "1\\x"\nb: "2\\x"\n').map(line => line[0])).toEqual(['1', '2']);
  });

  it('reports a key that stands twice where it stands the second time, at any depth', () => {
    expect(linesOf('a: 1\nb:\n  - { c: 1 }\n  - c: 1\n    d: 1\n    c: 2\na: 3\n')).toEqual([
      '6 b[1].c: stands here twice; keep one of them',
      '7 a: stands here twice; keep one of them',
    ]);
  });

  it('reads a megabyte of keys in one pass', () => {
    const text = Array.from({ length: 90_000 }, (_, index) => `k${index}:`).join('\n');
    expect(linesOf(`${text}\nk0:\n`)).toEqual(['90001 k0: stands here twice; keep one of them']);
  }, 20_000);

  it.each([
    [[], 1],
    [['a'], 1],
    [['list', 0], 3],
    [['list', 1, 'x'], 5],
    [['list', 1, 'missing'], 4],
    [['list', 7], 2],
    [['flow', 1, 'x'], 6],
    [['alias', 'x'], 7],
    [['missing', 'x', 0], 1],
  ])('finds the line of %j', (path, line) => {
    const text = 'a: &a { x: 1 }\nlist:\n  - 1\n  - w: 1\n    x: 2\nflow: [ 1, { x: 1 } ]\nalias: *a\n';
    expect(readYaml(text, 'f.yml').locate({ path, message: 'm' })).toMatchObject({
      source: 'f.yml',
      line,
      message: 'm',
    });
  });
});
