import type { Problem } from '../problem.ts';
import { showValue } from '../validation/show.ts';
import { SECRETS } from './environment.shape.ts';

type Secret = (typeof SECRETS)[number];

/** The secrets, wherever they came from, and which variable gave them. */
export interface SecretValues {
  readonly values: Readonly<Partial<Record<Secret, string>>>;
  /** `DATABASE_URL`, or `DATABASE_URL_FILE` when its file gave it. */
  readonly sources: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/** Reads each secret from its variable or from the file that `<variable>_FILE` names; a line end behind it is cut off. */
export function readSecrets(env: NodeJS.ProcessEnv, readFile: (path: string) => string): SecretValues {
  const values: Partial<Record<Secret, string>> = {};
  const sources = new Map<string, string>();
  const problems: Problem[] = [];
  for (const name of SECRETS) {
    const variable = `${name}_FILE`;
    const path = env[variable];
    if (!path) continue;
    sources.set(name, variable);
    const secret = env[name] ? `is set, and so is ${name}: keep one of them` : readSecret(path, readFile);
    if (typeof secret === 'string')
      problems.push({ source: 'environment', line: null, path: variable, message: secret });
    else values[name] = secret.value;
  }
  return { values, sources, problems };
}

/** The content, or a sentence that says why there is none. The error's own text is not used: it may quote the file. */
function readSecret(path: string, readFile: (path: string) => string): { readonly value: string } | string {
  try {
    const value = readFile(path).replace(/\r?\n$/, '');
    return value === '' ? `names ${showValue(path)}, which is empty` : { value };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'it cannot be opened';
    return `names ${showValue(path)}, which cannot be read (${code})`;
  }
}
