import { describe, expect, test } from 'vitest';
import { FUNCTION } from '../host/channel.ts';
import type { PluginDeclaration, PluginParameter } from '../plugin-description.ts';
import { parseDeclaration } from './parse-declaration.ts';

const plugin = (more: object): object => ({ kind: 'thing', check: FUNCTION, ...more });
const withParameter = (parameter: unknown, key = 'p'): object => plugin({ parameters: { [key]: parameter } });

function parsed(declared: object): PluginDeclaration {
  const declaration = parseDeclaration(declared);
  if (Array.isArray(declaration)) throw new Error(JSON.stringify(declaration));
  return declaration;
}

function parameterOf(declared: unknown): PluginParameter {
  const [parameter] = parsed(withParameter(declared)).parameters;
  if (parameter === undefined) throw new Error('no parameter');
  return parameter;
}

describe('what a plugin says of itself', () => {
  test('is a kind without parameters that needs nothing when it says no more', () => {
    expect(parsed(plugin({}))).toEqual({ kind: 'thing', needs: null, parameters: [] });
    expect(parsed(plugin({ needs: null, description: 'Looks at things.' })).needs).toBeNull();
  });

  test.each(['address', 'netdata'])('may need the %s of a machine', needs => {
    expect(parsed(plugin({ needs })).needs).toBe(needs);
  });

  test.each([
    { declared: undefined, path: '', message: 'has no default export' },
    { declared: FUNCTION, path: '', message: 'has no default export' },
    { declared: { kind: 'x' }, path: 'check', message: 'is missing' },
    { declared: { check: FUNCTION }, path: 'kind', message: 'is missing' },
    { declared: plugin({ check: 'check' }), path: 'check', message: 'must be a function' },
    { declared: plugin({ kind: 'a thing' }), path: 'kind', message: '"a thing" is no name' },
    { declared: plugin({ kind: 7 }), path: 'kind', message: 'must be text' },
    { declared: plugin({ needs: 'host' }), path: 'needs', message: '"host" is none of netdata, address' },
    { declared: plugin({ needs: 'adress' }), path: 'needs', message: 'did you mean address?' },
    { declared: plugin({ paramters: {} }), path: '', message: 'did you mean parameters?' },
    { declared: plugin({ parameters: ['url'] }), path: 'parameters', message: 'must be a mapping' },
    { declared: withParameter('url'), path: 'parameters.p', message: "must be a mapping such as { type: 'url'" },
    { declared: withParameter({}), path: 'parameters.p.type', message: 'is missing' },
    { declared: withParameter({ type: 'txt' }), path: 'parameters.p.type', message: 'did you mean text?' },
    { declared: withParameter({ type: 'toString' }), path: 'parameters.p.type', message: 'is none of' },
    {
      declared: withParameter({ type: 'text', requierd: true }),
      path: 'parameters.p',
      message: 'did you mean required?',
    },
    {
      declared: withParameter({ type: 'text', required: 'yes' }),
      path: 'parameters.p.required',
      message: 'neither true nor',
    },
    { declared: withParameter({ type: 'text', oneOf: [] }), path: 'parameters.p.oneOf', message: 'at least one entry' },
    { declared: withParameter({ type: 'text', oneOf: 'a' }), path: 'parameters.p.oneOf', message: 'must be a list' },
    { declared: withParameter({ type: 'url', min: 1 }), path: 'parameters.p', message: 'the key "min" is none of' },
    {
      declared: withParameter({ type: 'integer', min: 1.5 }),
      path: 'parameters.p.min',
      message: '1.5 is no whole number',
    },
    {
      declared: withParameter({ type: 'integer', min: 5, max: 4 }),
      path: 'parameters.p.min',
      message: 'is more than max',
    },
    { declared: withParameter({ type: 'duration', min: 5 }), path: 'parameters.p.min', message: '5 is no duration' },
    {
      declared: withParameter({ type: 'duration', min: '1m', max: '2s' }),
      path: 'parameters.p.min',
      message: 'is more than max',
    },
    { declared: withParameter({ type: 'list' }), path: 'parameters.p.of', message: 'is missing' },
    {
      declared: withParameter({ type: 'list', of: 'list' }),
      path: 'parameters.p.of',
      message: '"list" is none of text, url',
    },
    { declared: withParameter({ type: 'list', of: [] }), path: 'parameters.p.of', message: 'at least one entry' },
    {
      declared: withParameter({ type: 'text', required: true, default: 'x' }),
      path: 'parameters.p',
      message: 'required and default',
    },
    {
      declared: withParameter({ type: 'integer', default: 'x' }),
      path: 'parameters.p.default',
      message: '"x" is no whole number',
    },
    {
      declared: withParameter({ type: 'list', of: ['full'], default: ['ful'] }),
      path: 'parameters.p.default',
      message: 'did you mean full?',
    },
    {
      declared: withParameter({ type: 'text' }, 'interval'),
      path: 'parameters.interval',
      message: 'every monitor has',
    },
    { declared: withParameter({ type: 'text' }, 'a b'), path: 'parameters.a b', message: 'is no name' },
    { declared: withParameter({ type: 'text' }, 'Url'), path: 'parameters.Url', message: 'begin with a small letter' },
    { declared: withParameter({ type: 'text' }, 'constructor'), path: 'parameters.constructor', message: 'is no key' },
    {
      declared: plugin({ parameters: JSON.parse('{"__proto__":{"type":"text"}}') as object }),
      path: 'parameters.__proto__',
      message: 'is no name',
    },
  ])('is wrong at "$path": $message', ({ declared, path, message }) => {
    const problems = parseDeclaration(declared);
    expect(problems).toEqual([{ path, message: expect.stringContaining(message) as string }]);
  });

  test('is told everything that is wrong at once', () => {
    const problems = parseDeclaration({ kind: '!', parameters: { a: 1, b: { type: 'x', of: 1 } } });
    expect(problems).toHaveLength(5);
  });

  test('has at most 50 parameters', () => {
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`p${index}`, { type: 'text' }]));
    expect(parseDeclaration(plugin({ parameters: many }))).toEqual([
      { path: 'parameters', message: 'has more than 50 parameters' },
    ]);
  });
});

describe('a value in a network file', () => {
  test.each([
    { declared: { type: 'text' }, value: 'any text' },
    { declared: { type: 'text', oneOf: ['a', 'b'] }, value: 'b' },
    { declared: { type: 'text', min: 2, max: 3 }, value: 'abc' },
    { declared: { type: 'url' }, value: 'https://node.example:5005/path?x=1#y' },
    { declared: { type: 'url' }, value: 'ws://{address}:6006' },
    { declared: { type: 'integer', min: -5, max: 5 }, value: -5 },
    { declared: { type: 'integer', oneOf: [1, 2] }, value: 2 },
    { declared: { type: 'number', max: 0.5 }, value: 0.25 },
    { declared: { type: 'boolean' }, value: false },
    { declared: { type: 'duration', min: '1s', max: '1h' }, value: '90s' },
    { declared: { type: 'list', of: 'integer', min: 1, max: 2 }, value: [1, 2] },
    { declared: { type: 'list', of: ['full', 'proposing'] }, value: ['proposing'] },
    { declared: { type: 'list', of: 'url' }, value: [] },
  ])('$value is right for $declared', ({ declared, value }) => {
    expect(parameterOf(declared).problemOf(value)).toBeNull();
  });

  test.each([
    { declared: { type: 'text' }, value: 5, problem: 'must be text: write it in quotes, "5"' },
    { declared: { type: 'text' }, value: 'two\nlines', problem: 'must be on one line' },
    { declared: { type: 'text', max: 3 }, value: 'abcd', problem: 'is longer than 3 characters' },
    { declared: { type: 'text', min: 3 }, value: 'ab', problem: 'must have at least 3 characters' },
    { declared: { type: 'text', oneOf: ['full', 'syncing'] }, value: 'ful', problem: 'did you mean full?' },
    { declared: { type: 'url' }, value: '10.0.0.1:5005', problem: 'is no URL' },
    { declared: { type: 'url' }, value: 'ftp://x', problem: 'begins neither with http://' },
    { declared: { type: 'url' }, value: 'http://me:secret@x', problem: 'must not hold a user name or password' },
    { declared: { type: 'url' }, value: 5, problem: '5 is no URL' },
    { declared: { type: 'integer' }, value: 1.5, problem: '1.5 is no whole number' },
    { declared: { type: 'integer', min: 1 }, value: 0, problem: '0 must be at least 1' },
    { declared: { type: 'number', max: 1 }, value: 2, problem: '2 must be at most 1' },
    { declared: { type: 'number', oneOf: [1, 2] }, value: 3, problem: '3 is none of 1, 2' },
    { declared: { type: 'boolean' }, value: 'yes', problem: '"yes" is neither true nor false' },
    { declared: { type: 'duration' }, value: 20, problem: '20 is no duration' },
    { declared: { type: 'duration', max: '1m' }, value: '2m', problem: 'is too long: at most 1m' },
    { declared: { type: 'list', of: 'text' }, value: 'a', problem: 'must be a list, not "a"' },
    { declared: { type: 'list', of: 'integer' }, value: [1, 'x'], problem: '"x" is no whole number' },
    { declared: { type: 'list', of: ['full'] }, value: ['fulll'], problem: 'did you mean full?' },
    { declared: { type: 'list', of: 'text', min: 1 }, value: [], problem: 'must have at least 1 entries' },
    { declared: { type: 'list', of: 'text', max: 1 }, value: ['a', 'b'], problem: 'must have at most 1 entries' },
  ])('$value is wrong for $declared: $problem', ({ declared, value, problem }) => {
    expect(parameterOf(declared).problemOf(value)).toContain(problem);
  });

  test('reaches the plugin in milliseconds when it is a duration, else as it is written', () => {
    expect(parameterOf({ type: 'duration' }).handOver('90s')).toBe(90_000);
    expect(parameterOf({ type: 'list', of: 'duration' }).handOver(['1s', '2m'])).toEqual([1_000, 120_000]);
    expect(parameterOf({ type: 'list', of: 'text' }).handOver(['1s'])).toEqual(['1s']);
    expect(parameterOf({ type: 'boolean' }).handOver(false)).toBe(false);
  });
});
