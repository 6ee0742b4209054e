import { describe, expect, it } from 'vitest';
import { checkShape, keysOf } from './check-shape.ts';
import { Optional, Required } from './check.ts';
import { listProblem, mappingProblem } from './collection-problems.ts';
import { renderPath } from './render-path.ts';
import { nameProblem } from './text-problems.ts';

class Leaf {
  static readonly reserved = ['later'];
  @Required(nameProblem) name!: string;
}

class Tree {
  static readonly nested = { leaves: Leaf, root: Leaf };
  @Optional(listProblem) leaves?: Leaf[];
  @Optional(mappingProblem) root?: Leaf;
}

class Open {
  static readonly rest = 'others';
  @Required(nameProblem) name!: string;
  others!: Record<string, unknown>;
}

class Safe {
  static readonly secret = true;
  @Required(nameProblem) name!: string;
}

const findingsOf = (plain: unknown) =>
  checkShape(Tree, plain).findings.map(({ path, message }) => `${renderPath(path)}: ${message}`);

describe('checkShape', () => {
  it('returns the whole value when nothing is wrong, with null as not there', () => {
    const { value, findings } = checkShape(Tree, { leaves: [{ name: 'a' }], root: null });
    expect(findings).toEqual([]);
    expect(value).toEqual({ leaves: [{ name: 'a' }] });
  });

  it.each([
    [[], ': must be a mapping of leaves, root, not a list'],
    ['text', ': must be a mapping of leaves, root, not "text"'],
    [{ leaves: {} }, 'leaves: must be a list, not a mapping'],
    [{ leaves: [[{ name: 'a' }]] }, 'leaves[0]: must be a mapping of name, not a list'],
    [{ leaves: [null] }, 'leaves[0]: must be a mapping of name, not null'],
    [{ root: [{ name: 'a' }] }, 'root: must be a mapping, not a list'],
    [{ root: {} }, 'root.name: is missing'],
    [{ root: { name: 'a', nmae: 'b' } }, 'root.nmae: is not known here; did you mean name?'],
    [{ root: { name: 'a', later: 'b' } }, 'root.later: is not supported by this version; leave it out'],
    [{ colour: 1 }, 'colour: is not known here; known are leaves, root'],
    [JSON.parse('{"__proto__": {"root": 1}}'), '__proto__: is not known here; known are leaves, root'],
    [{ 'a\nb': 1 }, '["a\\nb"]: is not known here; known are leaves, root'],
  ])('%j: %s', (plain, finding) => {
    expect(findingsOf(plain)).toEqual([finding]);
  });

  it('finds everything at once and leaves what is wrong out of the value', () => {
    const { value, findings } = checkShape(Tree, { leaves: [{ name: '!' }, { name: 'b' }], root: { x: 1 } });
    expect(findings.map(({ path }) => renderPath(path))).toEqual(['leaves[0].name', 'root.x', 'root.name']);
    expect(value).toEqual({ leaves: [{}, { name: 'b' }], root: {} });
  });

  it('ends for a value that contains itself', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic['root'] = cyclic;
    expect(findingsOf(cyclic)).toEqual(['root.root: is not known here; known are name', 'root.name: is missing']);
  });
});

describe('a shape that takes any other key', () => {
  it('keeps them beside its own, unchecked, whatever their names are and also when they are empty', () => {
    const plain: unknown = JSON.parse('{ "name": "a", "b": [1], "empty": null, "others": 2, "__proto__": { "x": 1 } }');
    const { value, findings } = checkShape(Open, plain);
    expect(findings).toEqual([]);
    expect(value.name).toBe('a');
    const taken = [
      ['b', [1]],
      ['empty', null],
      ['others', 2],
      ['__proto__', { x: 1 }],
    ];
    expect(Object.entries(value.others ?? {})).toEqual(taken);
    expect(Object.getPrototypeOf(value.others)).toBeNull();
  });

  it('still checks its own', () => {
    expect(checkShape(Open, { b: 1 }).findings).toEqual([{ path: ['name'], message: 'is missing' }]);
  });
});

it.each(['hunter2', ['hunter2'], 4711])('a shape that holds a secret does not show %j in its place', plain => {
  expect(checkShape(Safe, plain).findings).toEqual([{ path: [], message: 'must be a mapping of name' }]);
});

it('a shape that holds a secret names a misspelt key, but not a key without a value, which may be the secret', () => {
  expect(checkShape(Safe, { name: 'a', nmae: 1, 'token:hunter2': null }).findings).toEqual([
    { path: ['nmae'], message: 'is not known here; did you mean name?' },
    { path: [], message: 'holds a key without a value; between { and } a blank belongs behind each colon' },
  ]);
});

describe('keysOf', () => {
  it('lists the keys of a shape in their order', () => {
    expect(keysOf(Tree)).toEqual(['leaves', 'root']);
  });
});
