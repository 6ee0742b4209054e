import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Settings } from '../settings.types.ts';
import { readSettings } from './read-settings.ts';

/**
 * The settings of this process, from its own environment.
 *
 * @throws ConfigurationError with every problem at once
 */
export function settingsOfProcess(): Settings {
  return readSettings(process.env, {
    cwd: process.cwd(),
    hostname: hostname(),
    readFile: path => readFileSync(path, 'utf8'),
  });
}
