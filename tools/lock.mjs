import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withProgress } from './progress.mjs';
import { DIST } from './project.mjs';

const LOCKS = join(DIST, '.lock');
const DRAFT = join(LOCKS, `draft-${process.pid}`);
const POLL_MS = 100;

/**
 * Runs `work` while no other command of this project installs or builds. It is given a function that makes the lock also
 * that of a program it has started: when this process is killed, the program may still be writing.
 *
 * A lock whose processes are all dead is taken over: locks are numbered, the highest number holds, and only one process
 * can create the next number. A lock that is given back stays, empty: numbers only rise, or one could be created twice.
 */
export async function withLock(work) {
  mkdirSync(LOCKS, { recursive: true });
  let path = tryLock();
  if (path === null) {
    await withProgress('waiting for another distomon command to finish installing or building', async () => {
      while ((path = tryLock()) === null) await sleep(POLL_MS);
    });
  }
  const holders = [holderOf(process.pid)];
  try {
    return await work(child => {
      if (child.pid === undefined) return;
      holders.push(holderOf(child.pid));
      replace(path, JSON.stringify(holders));
    });
  } finally {
    release(path);
  }
}

/** The path of the lock, `null` while a living process holds it. */
function tryLock() {
  const last = lastNumber();
  if (last > 0 && isHeld(join(LOCKS, `${last}`))) return null;
  const path = join(LOCKS, `${last + 1}`);
  writeFileSync(DRAFT, JSON.stringify([holderOf(process.pid)]));
  try {
    linkSync(DRAFT, path);
  } catch (error) {
    if (error.code === 'EEXIST') return null;
    throw error;
  } finally {
    rmSync(DRAFT, { force: true });
  }
  // Somebody may have locked with a higher number between the look and the link.
  if (lastNumber() > last + 1) {
    rmSync(path, { force: true });
    return null;
  }
  for (const number of numbers()) if (number <= last) rmSync(join(LOCKS, `${number}`), { force: true });
  return path;
}

/** At once: nobody may see a lock that is half written. */
function replace(path, text) {
  writeFileSync(DRAFT, text);
  renameSync(DRAFT, path);
}

function release(path) {
  try {
    truncateSync(path);
  } catch (error) {
    // Somebody has removed dist meanwhile: not to be made anew, for another one may hold a lower number now.
    if (error.code !== 'ENOENT') throw error;
  }
}

const numbers = () => readdirSync(LOCKS).map(Number).filter(Number.isInteger);
const lastNumber = () => Math.max(0, ...numbers());

function isHeld(path) {
  try {
    const holders = JSON.parse(readFileSync(path, 'utf8'));
    return holders.some(({ pid, startedAt }) => isAlive(pid) && startOf(pid) === startedAt);
  } catch {
    return false;
  }
}

const holderOf = pid => ({ pid, startedAt: startOf(pid) });

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * Tells a process from a later one with the same number; only Linux says it without starting a program. One that has
 * ended and that nobody has asked for its end (a zombie) has the number still.
 */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? 'ended' : fields[18];
  } catch {
    return null;
  }
}
