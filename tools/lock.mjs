import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withProgress } from './progress.mjs';
import { DIST } from './project.mjs';

const LOCKS = join(DIST, '.lock');
const POLL_MS = 100;

/**
 * Runs `work` while no other command of this project installs or builds. A lock of a dead process is taken over: locks
 * are numbered, the highest number holds, and only one process can create the next number.
 */
export async function withLock(work) {
  mkdirSync(LOCKS, { recursive: true });
  let path = tryLock();
  if (path === null) {
    await withProgress('waiting for another distomon command to finish installing or building', async () => {
      while ((path = tryLock()) === null) await sleep(POLL_MS);
    });
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/** The path of the lock, `null` while a living process holds it. */
function tryLock() {
  const last = lastNumber();
  if (last > 0 && isHeld(join(LOCKS, `${last}`))) return null;
  const draft = join(LOCKS, `draft-${process.pid}`);
  const path = join(LOCKS, `${last + 1}`);
  writeFileSync(draft, JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) }));
  try {
    linkSync(draft, path);
  } catch (error) {
    if (error.code === 'EEXIST') return null;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  // Somebody may have locked with a higher number between the look and the link.
  if (lastNumber() > last + 1) {
    rmSync(path, { force: true });
    return null;
  }
  for (const number of numbers()) if (number <= last) rmSync(join(LOCKS, `${number}`), { force: true });
  return path;
}

const numbers = () => readdirSync(LOCKS).map(Number).filter(Number.isInteger);
const lastNumber = () => Math.max(0, ...numbers());

function isHeld(path) {
  try {
    const { pid, startedAt } = JSON.parse(readFileSync(path, 'utf8'));
    return isAlive(pid) && startOf(pid) === startedAt;
  } catch {
    return false;
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Tells a process from a later one with the same number; only Linux says it without starting a program. */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return null;
  }
}
