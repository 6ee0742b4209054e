import { readFileSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PluginEntry } from '#config';
import { describePlugin } from '#collector';
import { probe, Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await Workshop.open();
  await workshop.write('nodeconf.yml', 'auth: secret');
});
afterAll(() => workshop?.close());

/** A module whose check tells what comes of an expression: its value, or the code of what it throws. */
function trying(expression: string): string {
  return `
    import * as fs from 'node:fs';
    const attempt = async () => (${expression});
    export default {
      kind: 'thing',
      async check({ settings }) {
        globalThis.settings = settings;
        try { return { ok: true, detail: 'done: ' + JSON.stringify(await attempt()) }; }
        catch (error) { return { ok: true, detail: error.code ?? error.message }; }
      },
    };`;
}

async function detailOf(entry: PluginEntry): Promise<string | null> {
  const monitor = await workshop.monitor(entry);
  const { detail } = await probe(monitor);
  await monitor.close();
  return detail;
}

describe('a plugin may not', () => {
  const dir = (): string => workshop.directory;
  test.each<{ what: string; expression: () => string; code?: string }>([
    { what: 'read nodeconf.yml', expression: () => `fs.readFileSync('${dir()}/nodeconf.yml', 'utf8')` },
    { what: 'see whether a file is there', expression: () => `fs.statSync('${dir()}/nodeconf.yml').size` },
    { what: 'list a directory', expression: () => `fs.readdirSync('${dir()}')` },
    { what: 'read the system', expression: () => "fs.readFileSync('/etc/hostname', 'utf8')" },
    { what: "read the server's environment", expression: () => 'fs.readFileSync(`/proc/${process.ppid}/environ`)' },
    { what: 'read its own environment', expression: () => "fs.readFileSync('/proc/self/environ')" },
    { what: 'read files by a promise', expression: () => "await fs.promises.readFile('/etc/hostname', 'utf8')" },
    { what: 'import what lies elsewhere', expression: () => `await import('${dir()}/elsewhere/other.mjs')` },
    {
      what: 'read a directory whose name begins like its own',
      expression: () => "fs.readFileSync(new URL(import.meta.dirname + 'x/file', 'file:').pathname)",
    },
    { what: 'write into its own directory', expression: () => "fs.writeFileSync(import.meta.dirname + '/new', 'x')" },
    { what: 'make a link', expression: () => "fs.symlinkSync('/etc/hostname', import.meta.dirname + '/made')" },
    { what: 'start a process', expression: () => "process.getBuiltinModule('child_process').execSync('id')" },
    {
      what: 'start a thread',
      expression: () => "new (process.getBuiltinModule('worker_threads').Worker)('1', { eval: true })",
    },
    {
      what: 'load an addon',
      expression: () => "process.dlopen({ exports: {} }, import.meta.dirname + '/x.node')",
      code: 'ERR_DLOPEN_DISABLED',
    },
    { what: 'open the inspector', expression: () => "process.getBuiltinModule('inspector').open(0)" },
    { what: 'reach into Node', expression: () => "process.binding('fs')" },
  ])('$what', async ({ expression, code = 'ERR_ACCESS_DENIED' }) => {
    const entry = await workshop.module(trying(expression()));
    const own = 'path' in entry.module ? join(entry.module.path, '..') : '';
    await workshop.write(`${own.slice(workshop.directory.length + 1)}x/file`, 'of another plugin');
    await workshop.write('elsewhere/other.mjs', 'export default 1');
    expect(await detailOf(entry)).toBe(code);
  });

  test('see anything of the environment or the command line of distomon', async () => {
    const expression = '[process.env, process.argv.slice(2), process.cwd(), globalThis.settings]';
    const entry = await workshop.module(trying(expression), { settings: { token: 't0ken' } });
    expect(await detailOf(entry)).toBe('done: [{},[],"/",{"token":"t0ken"}]');
  });

  test('show its settings to whoever lists processes', async () => {
    const monitor = await workshop.monitor(
      await workshop.module(trying('process.pid'), { settings: { token: 't0ken' } }),
    );
    const { detail } = await probe(monitor);
    const commandLine = readFileSync(`/proc/${detail?.replace('done: ', '')}/cmdline`, 'utf8');
    expect(commandLine).toContain('plugin-host');
    expect(commandLine).not.toContain('t0ken');
  });
});

describe('a plugin may', () => {
  test('read its own directory and import from it', async () => {
    const entry = await workshop.module(
      trying("[fs.readFileSync(import.meta.dirname + '/list.txt', 'utf8'), (await import('./lib/part.mjs')).default]"),
    );
    const own = 'path' in entry.module ? join(entry.module.path, '..').slice(workshop.directory.length + 1) : '';
    await workshop.write(`${own}/list.txt`, 'a list');
    await workshop.write(`${own}/lib/part.mjs`, "export default 'a part'");
    expect(await detailOf(entry)).toBe('done: ["a list","a part"]');
  });

  test('read what somebody else has linked into its directory', async () => {
    const entry = await workshop.module(trying("fs.readFileSync(import.meta.dirname + '/link', 'utf8')"));
    const own = 'path' in entry.module ? join(entry.module.path, '..') : '';
    await symlink(await workshop.write('shared/list.txt', 'shared'), join(own, 'link'));
    expect(await detailOf(entry)).toBe('done: "shared"');
  });

  test('use packages that are installed in its own directory', async () => {
    const entry = await workshop.module(trying("(await import('dep')).default"));
    const own = 'path' in entry.module ? join(entry.module.path, '..').slice(workshop.directory.length + 1) : '';
    await workshop.write(`${own}/node_modules/dep/package.json`, '{ "name": "dep", "main": "index.js" }');
    await workshop.write(`${own}/node_modules/dep/index.js`, "module.exports = 'dependency'");
    expect(await detailOf(entry)).toBe('done: "dependency"');
  });

  test('use the network and look names up', async () => {
    const server = createServer(socket => socket.end('hello')).listen(0, '127.0.0.1');
    await new Promise(resolve => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const read = `await new Promise((resolve, reject) => process.getBuiltinModule('net').connect(${port}, 'localhost').once('data', data => resolve(String(data))).once('error', reject))`;
    const entry = await workshop.module(trying(read));
    expect(await detailOf(entry)).toBe('done: "hello"');
    server.close();
  });

  test('lie beside nodeconf.yml: then it may read nothing but itself', async () => {
    const path = await workshop.write('lonely.mjs', trying("await import('./nodeconf.yml')"));
    expect(await detailOf(workshop.entry({ path }))).toBe('ERR_ACCESS_DENIED');
  });

  test('lie in a directory with an odd name', async () => {
    const path = await workshop.write("it's, 1 ödd #1?%20/plugin.mjs", trying("(await import('./part.mjs')).default"));
    await workshop.write("it's, 1 ödd #1?%20/part.mjs", "export default 'part'");
    expect(await detailOf(workshop.entry({ path }))).toBe('done: "part"');
  });

  test('be a link to where it really lies', async () => {
    const real = await workshop.write('releases/7/plugin.mjs', trying("(await import('./part.mjs')).default"));
    await workshop.write('releases/7/part.mjs', 'export default 7');
    await mkdir(join(workshop.directory, 'linked'));
    const path = join(workshop.directory, 'linked/plugin.mjs');
    await symlink(real, path);
    expect(await detailOf(workshop.entry({ path }))).toBe('done: 7');
  });
});

describe('a plugin that is a package', () => {
  const manifest = (name: string): string =>
    JSON.stringify({
      name,
      version: '1.0.0',
      type: 'module',
      exports: { '.': { import: './plugin.js' }, './more': './more.js' },
    });
  const source = trying("[(await import('helper')).default, fs.existsSync(import.meta.dirname + '/package.json')]");

  test.each(['distomon-plugin-a', '@acme/plugin'])(
    '%s is found beside nodeconf.yml, with what it needs',
    async name => {
      await workshop.write(`node_modules/${name}/package.json`, manifest(name));
      await workshop.write(`node_modules/${name}/plugin.js`, source);
      await workshop.write('node_modules/helper/package.json', '{ "name": "helper", "main": "index.js" }');
      await workshop.write('node_modules/helper/index.js', "module.exports = 'helps'");
      expect(await detailOf(workshop.entry({ package: name }))).toBe('done: ["helps",true]');
    },
  );

  test('is found above nodeconf.yml, may be linked, and may be a part of a package', async () => {
    await workshop.write('checkout/package.json', manifest('linked'));
    await workshop.write(
      'checkout/more.js',
      "import part from './part.js'; export default { kind: part, check() {} };",
    );
    await workshop.write('checkout/part.js', "export default 'of-a-part'");
    await mkdir(join(workshop.directory, 'node_modules'), { recursive: true });
    await symlink(join(workshop.directory, 'checkout'), join(workshop.directory, 'node_modules/linked'));
    const below = await workshop.write('deep/config/nodeconf.yml', '');
    const entry = { ...workshop.entry({ package: 'linked/more' }), directory: join(below, '..') };
    expect(await describePlugin(entry)).toMatchObject({ kind: 'of-a-part' });
  });

  test('may not read nodeconf.yml either', async () => {
    await workshop.write('node_modules/spy/package.json', manifest('spy'));
    await workshop.write('node_modules/spy/plugin.js', trying(`fs.readFileSync('${workshop.directory}/nodeconf.yml')`));
    expect(await detailOf(workshop.entry({ package: 'spy' }))).toBe('ERR_ACCESS_DENIED');
  });
});
