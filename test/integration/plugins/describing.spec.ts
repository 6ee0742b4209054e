import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConfigurationError, type PluginEntry } from '#config';
import { describePlugin, loadPlugins } from '#collector';
import { Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await Workshop.open();
});
afterAll(() => workshop?.close());

/** What is told at a start with these plugins, as `file path: message`. */
async function problemsOf(...entries: PluginEntry[]): Promise<string[]> {
  try {
    await loadPlugins(entries, 'nodeconf.yml');
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems.map(({ source, path, message }) => `${source} ${path}: ${message}`);
  }
}

const fine = (kind: string): string => `export default { kind: '${kind}', check: () => ({ ok: true }) };`;

describe('a plugin that is described', () => {
  test('says its kind, what it needs and its parameters', async () => {
    const entry = await workshop.module(
      "export default { kind: 'thing', needs: 'address', parameters: { url: { type: 'url', required: true } }, check() {} };",
    );
    const { kind, needs, parameters } = await describePlugin(entry);
    expect({ kind, needs }).toEqual({ kind: 'thing', needs: 'address' });
    expect(parameters.map(({ key, required }) => ({ key, required }))).toEqual([{ key: 'url', required: true }]);
  });

  test.each([
    {
      what: 'a class',
      source: "class Thing { kind = 'thing'; check() { return { ok: true }; } } export default new Thing();",
    },
    {
      what: 'a function of its own',
      source: "const check = () => ({ ok: true }); export default { kind: 'thing', check };",
    },
    {
      what: 'waited for',
      source: "await new Promise(resolve => setTimeout(resolve, 50)); export default { kind: 'thing', check() {} };",
    },
    {
      what: 'noisy',
      source:
        "for (let i = 0; i < 1000; i++) console.log('x'.repeat(1000)); export default { kind: 'thing', check() {} };",
    },
  ])('may be $what', async ({ source }) => {
    const entry = await workshop.module(source);
    const { kind } = await describePlugin(entry);
    expect(kind).toBe('thing');
  });
});

const WRONG: readonly { readonly what: string; readonly source: string; readonly problem: RegExp }[] = [
  {
    what: 'is no JavaScript',
    source: 'export default {',
    problem: /it cannot be loaded: SyntaxError: Unexpected end of input$/,
  },
  {
    what: 'exports nothing',
    source: 'const x = 1;',
    problem: /has no default export that is a plugin: export default \{ kind/,
  },
  { what: 'exports something by name only', source: "export const kind = 'x';", problem: /has no default export/ },
  { what: 'exports a function', source: 'export default () => {};', problem: /has no default export that is a plugin/ },
  {
    what: 'throws when it is imported',
    source: "throw new Error('no licence');",
    problem: /it cannot be loaded: no licence$/,
  },
  { what: 'throws nothing', source: 'throw null;', problem: /it cannot be loaded: null$/ },
  {
    what: 'exits when it is imported',
    source: 'process.exit(4);',
    problem: /its process ended by itself, with exit code 4$/,
  },
  {
    what: 'imports a package that is not there',
    source: "import 'nosuch';",
    problem: /it cannot be loaded: Cannot find package 'nosuch'/,
  },
  {
    what: 'imports what it may not read',
    source: "import '/etc/hostname';",
    problem: /it cannot be loaded: FileSystemRead is not allowed to a plugin: \/etc\/hostname$/,
  },
  { what: 'has no kind', source: 'export default { check() {} };', problem: /: kind: is missing$/ },
  { what: 'has no check', source: "export default { kind: 'x' };", problem: /: check: is missing$/ },
  {
    what: 'has a kind that is built in',
    source: fine('netdata'),
    problem: /: kind: "netdata" is built in; a plugin needs a name of its own$/,
  },
  {
    what: 'misspells a key',
    source: "export default { kind: 'x', paramaters: {}, check() {} };",
    problem: /did you mean parameters\?$/,
  },
  {
    what: 'has a wrong default',
    source: "export default { kind: 'x', parameters: { a: { type: 'integer', default: '5' } }, check() {} };",
    problem: /: parameters\.a\.default: "5" is no whole number$/,
  },
  {
    what: 'declares without end',
    source:
      "const parameters = {}; for (let i = 0; i < 1e4; i++) parameters['p' + i] = { type: 'text' }; export default { kind: 'x', parameters, check() {} };",
    problem: /it cannot be loaded: \d+ KiB of JSON are more than 64 KiB$/,
  },
  {
    what: 'declares a value that throws',
    source: "export default { kind: 'x', get check() { throw new Error('not yet'); } };",
    problem: /it cannot be loaded: not yet$/,
  },
];

describe('a plugin that cannot be used', () => {
  test.each(WRONG)('is told: it $what', async ({ source, problem }) => {
    const problems = await problemsOf(await workshop.module(source));
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(problems[0]).toMatch(/^nodeconf\.yml plugins\[0\]\.path: /);
  });

  test.each([
    { what: 'never ends', source: 'await new Promise(() => {});' },
    { what: 'loops', source: 'for (;;);' },
  ])('is told after five seconds when its import $what', async ({ source }) => {
    const startedAt = performance.now();
    const problems = await problemsOf(await workshop.module(source));
    expect(problems).toEqual(['nodeconf.yml plugins[0].path: it did not finish its import within 5 s']);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(5_000);
  });

  test.each<{ what: string; entry: () => PluginEntry | Promise<PluginEntry>; problem: RegExp }>([
    {
      what: 'a file that is not there',
      entry: () => workshop.entry({ path: '/nowhere/plugin.mjs' }),
      problem: /^nodeconf\.yml plugins\[0\]\.path: it cannot be loaded: there is no file \/nowhere\/plugin\.mjs$/,
    },
    {
      what: 'a directory',
      entry: () => workshop.entry({ path: workshop.directory }),
      problem: /is no file; name the module in it, such as .*index\.mjs$/,
    },
    {
      what: 'a link that leads to itself',
      entry: async () => {
        const path = join(workshop.directory, 'loop.mjs');
        await symlink(path, path);
        return workshop.entry({ path });
      },
      problem: /^nodeconf\.yml plugins\[0\]\.path: it cannot be loaded: ELOOP: /,
    },
    {
      what: 'a package that is not there',
      entry: () => workshop.entry({ package: '@acme/nosuch' }),
      problem:
        /^nodeconf\.yml plugins\[0\]\.package: it cannot be loaded: there is no package @acme\/nosuch: install it with npm install/,
    },
    {
      what: 'a path as a package',
      entry: () => workshop.entry({ package: './plugin.mjs' }),
      problem: /"\.\/plugin\.mjs" is no name of a package; a file is named by path$/,
    },
    {
      what: 'a directory that Node cannot tell from others',
      entry: async () => workshop.entry({ path: await workshop.write('a*b/plugin.mjs', fine('x')) }),
      problem: /has a "\*" in its name/,
    },
  ])('is told: $what', async ({ entry, problem }) => {
    await mkdir(join(workshop.directory, 'empty'), { recursive: true });
    expect(await problemsOf(await entry())).toEqual([expect.stringMatching(problem)]);
  });

  test('is told with all the others', async () => {
    const problems = await problemsOf(
      await workshop.module(fine('first')),
      await workshop.module('export default {'),
      await workshop.module(fine('first')),
      workshop.entry({ package: 'nosuch' }),
    );
    expect(problems).toEqual([
      expect.stringMatching(/^nodeconf\.yml plugins\[1\]\.path: it cannot be loaded/),
      'nodeconf.yml plugins[2].path: kind: "first" is brought by plugins[0] already; keep one of them',
      expect.stringMatching(/^nodeconf\.yml plugins\[3\]\.package: it cannot be loaded: there is no package nosuch/),
    ]);
  });
});
