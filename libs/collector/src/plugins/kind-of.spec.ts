import { describe, expect, test } from 'vitest';
import { ConfigurationError, parseNetworkFile, type NetworkFile } from '#config';
import { FUNCTION } from './host/channel.ts';
import { fillParameters } from './fill-parameters.ts';
import { kindOf } from './kind-of.ts';
import type { PluginDescription } from './plugin-description.ts';
import { parseDeclaration } from './declaration/parse-declaration.ts';

function describedAs(declared: object): PluginDescription {
  const declaration = parseDeclaration({ kind: 'xrpl-validator', check: FUNCTION, ...declared });
  if (Array.isArray(declaration)) throw new Error(JSON.stringify(declaration));
  const entry = { module: { path: '/x.mjs' }, directory: '/', settings: {}, memoryMiB: 128 };
  return { ...declaration, entry, said: '' };
}

const VALIDATOR = describedAs({
  needs: 'address',
  parameters: {
    url: { type: 'url', required: true },
    states: { type: 'list', of: ['full', 'proposing'], default: ['full'] },
    max_age: { type: 'duration', default: '20s' },
    note: { type: 'text' },
  },
});

function parse(monitor: string, description = VALIDATOR): NetworkFile {
  const machines = 'machines:\n  - { name: v-1, netdata: "http://10.0.0.1:19999", address: 10.0.0.1 }\n';
  const text = `network_id: acme\nversion: 1\n${machines}monitors:\n  - ${monitor}\n`;
  const netdata = { kind: 'netdata', gives: 'metrics', needs: 'netdata', parameters: {} } as const;
  return parseNetworkFile(text, 'network.yml', [netdata, kindOf(description)]);
}

function problemsOf(monitor: string, description = VALIDATOR): string[] {
  try {
    parse(monitor, description);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems.map(({ line, path, message }) => `${line} ${path}: ${message}`);
  }
}

describe('the kind of a plugin in a network file', () => {
  test('is a service without on, and looks at machines with it', () => {
    const service = parse('{ name: node, kind: xrpl-validator, url: "http://a:5005" }').monitors[0];
    expect(service).toMatchObject({ service: true, gives: 'check', parameters: { url: 'http://a:5005' } });
    const machines = parse('{ name: nodes, kind: xrpl-validator, url: "http://{address}:5005", on: [v-1] }')
      .monitors[0];
    expect(machines).toMatchObject({ service: false, needs: 'address' });
  });

  test.each([
    { monitor: '{ name: n, kind: xrpl-validator }', problem: '6 monitors[0].url: is missing' },
    { monitor: '{ name: n, kind: xrpl-validator, url: "x" }', problem: '6 monitors[0].url: "x" is no URL' },
    { monitor: '{ name: n, kind: xrpl-validator, url: "http://a", stats: [full] }', problem: 'did you mean states?' },
    { monitor: '{ name: n, kind: xrpl-validator, url: "http://a", states: [ful] }', problem: 'did you mean full?' },
    {
      monitor: '{ name: n, kind: xrpl-validator, url: "http://{address}" }',
      problem: '6 monitors[0].url: holds {address}, which stands for the machines of on',
    },
    { monitor: '{ name: n, kind: xrpl-validtor, url: "http://a" }', problem: 'did you mean xrpl-validator?' },
  ])('is told what is wrong: $problem', ({ monitor, problem }) => {
    expect(problemsOf(monitor)).toEqual([expect.stringContaining(problem)]);
  });

  test('has no {address} to fill in when it does not need one', () => {
    const url = describedAs({ parameters: { url: { type: 'url' } } });
    const [problem] = problemsOf('{ name: n, kind: xrpl-validator, url: "http://{address}", on: [v-1] }', url);
    expect(problem).toContain('do not ask for the address');
  });
});

test('a default that holds {address} is for machines only', () => {
  const url = describedAs({ needs: 'address', parameters: { url: { type: 'url', default: 'http://{address}:5005' } } });
  expect(problemsOf('{ name: n, kind: xrpl-validator, on: [v-1] }', url)).toEqual([]);
  expect(problemsOf('{ name: n, kind: xrpl-validator, url: "http://a" }', url)).toEqual([]);
  expect(problemsOf('{ name: n, kind: xrpl-validator }', url)).toEqual([
    expect.stringContaining('monitors[0].url: holds {address}, which stands for the machines of on'),
  ]);
});

describe('the parameters that a plugin is given', () => {
  test('are those of the file, and its own defaults where the file says nothing', () => {
    expect(fillParameters(VALIDATOR, { url: 'http://a' }, null)).toEqual({
      url: 'http://a',
      states: ['full'],
      max_age: 20_000,
    });
    expect(fillParameters(VALIDATOR, { url: 'http://a', states: [], max_age: '1m', note: 'x' }, null)).toEqual({
      url: 'http://a',
      states: [],
      max_age: 60_000,
      note: 'x',
    });
  });

  test('have the address of the machine in the place of {address}', () => {
    expect(fillParameters(VALIDATOR, { url: 'http://{address}:5005', note: '{address}' }, '::1')).toMatchObject({
      url: 'http://[::1]:5005',
      note: '::1',
    });
  });
});
