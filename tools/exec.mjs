import { closeSync, existsSync, openSync, readSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from './capture.mjs';
import { Failure } from './failure.mjs';
import { install } from './install.mjs';
import { withNodeInPath } from './node24.mjs';
import { MODULES } from './project.mjs';

/** Runs a program of an installed package with the right Node; returns its exit code. */
export async function exec([name, ...args]) {
  if (name === undefined) throw new Failure('Usage: node tools/run.mjs exec BIN [ARGUMENT…]');
  const node = await install('all');
  const { code } = await runBin(node, name, args, { stdio: 'inherit' });
  return code;
}

/** As `capture`. */
export function runBin(node, name, args, options = {}) {
  const link = join(MODULES, '.bin', name);
  if (!existsSync(link)) throw new Failure(`No installed package has a program ${name}.`);
  const path = realpathSync(link);
  const [command, ...first] = firstBytes(path).startsWith('#!/usr/bin/env node') ? [node, path] : [path];
  return capture(command, [...first, ...args], { env: withNodeInPath(node), ...options });
}

function firstBytes(path) {
  const buffer = Buffer.alloc(32);
  const fd = openSync(path, 'r');
  readSync(fd, buffer);
  closeSync(fd);
  return buffer.toString('latin1');
}
