import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's directory, wherever the command was given. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
export const MODULES = join(ROOT, 'node_modules');
export const DIST = join(ROOT, 'dist');
