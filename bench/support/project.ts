import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The directory of package.json: this file is run compiled, from a directory further down. */
export const PROJECT = projectOf(import.meta.dirname);

function projectOf(directory: string): string {
  return existsSync(join(directory, 'package.json')) ? directory : projectOf(dirname(directory));
}
