import { basename } from 'node:path';
import { capture } from './capture.mjs';
import { Failure } from './failure.mjs';

/** Settings of a user or of CI under which the same lock file would install something else, or nothing. */
const OVERRIDDEN = [
  'omit',
  'include',
  'production',
  'only',
  'optional',
  'also',
  'dev',
  'ignore_scripts',
  'engine_strict',
  'strict_allow_scripts',
  'loglevel',
  'global',
  'location',
  'dry_run',
  'package_lock',
  'package_lock_only',
  'save',
  'json',
  'workspaces',
  'workspace',
];

/** What to do, by what npm's output contains. */
const ADVICE = [
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|network/i,
    'The npm registry cannot be reached. Check the network and the proxy (npm config get registry), then run the command again.',
  ],
  [
    /EACCES|EPERM|EROFS/,
    'This user may not write here. Run the command as the user who owns the project, or give it to this one (chown -R).',
  ],
  [/ENOSPC/, 'The disk is full. distomon needs about 1 GB here. Make room, then run the command again.'],
  [/EUSAGE/, 'package-lock.json does not fit package.json. Take both from the same version, or run npm install.'],
];

/** @throws Failure with npm's last words and what to do about them. */
export async function npm(args, onStart) {
  const { command, first } = findNpm();
  const quiet = ['--loglevel=error', '--no-audit', '--no-fund', '--no-progress'];
  const { code, output } = await capture(command, [...first, ...args, ...quiet], { env: cleanEnvironment(), onStart });
  if (code === 0) return;
  const advice =
    ADVICE.find(([pattern]) => pattern.test(output))?.[1] ??
    'Run the command again; if it fails the same way, the lines above say why.';
  throw new Failure(
    `${output.trim().split('\n').slice(-12).join('\n')}\n\nInstalling the packages failed (npm ${args[0]}). ${advice}`,
  );
}

/** The npm that started us, else the one in the PATH. */
function findNpm() {
  const script = process.env.npm_execpath ?? '';
  return /^npm-cli\.c?js$/.test(basename(script))
    ? { command: process.execPath, first: [script] }
    : { command: 'npm', first: [] };
}

/**
 * Nothing distomon depends on needs an install script, so none runs. Given by environment and not by option: an older
 * npm complains about options it does not know.
 */
function cleanEnvironment() {
  const dropped = new Set(['node_env', 'node_options', ...OVERRIDDEN.map(name => `npm_config_${name}`)]);
  const kept = Object.entries(process.env).filter(([name]) => !dropped.has(name.toLowerCase().replaceAll('-', '_')));
  return {
    ...Object.fromEntries(kept),
    npm_config_ignore_scripts: 'true',
    npm_config_engine_strict: 'false',
    npm_config_strict_allow_scripts: 'false',
  };
}
