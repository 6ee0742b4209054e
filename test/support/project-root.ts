import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The directory of package.json above this one; benchmarks run what is here compiled, from a directory further down. */
export function projectOf(directory: string): string {
  return existsSync(join(directory, 'package.json')) ? directory : projectOf(dirname(directory));
}
