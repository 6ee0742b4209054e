import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseSync } from 'oxc-parser';

/** The dependency direction of the whole system. A unit that is missing here may import no lib at all. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'libs/crypto': [],
  'libs/config': ['crypto'],
  'libs/jobs': ['config'],
  'libs/storage': ['config', 'crypto'],
  'libs/auth': ['config', 'crypto', 'storage'],
  'libs/collector': ['config', 'crypto', 'jobs', 'storage'],
  'libs/mesh': ['config', 'crypto', 'jobs', 'storage'],
  'libs/alerting': ['config', 'crypto', 'jobs', 'storage'],
  'apps/server': ['config', 'crypto', 'jobs', 'storage', 'auth', 'collector', 'mesh', 'alerting'],
  'apps/cli': ['config', 'crypto', 'jobs', 'storage', 'auth', 'collector', 'mesh', 'alerting'],
  'apps/dashboard': [],
};

/** Packages that only one unit may touch, so that each can be replaced in one place. */
const OWNED_BY: Readonly<Record<string, string>> = {
  bullmq: 'libs/jobs',
  ioredis: 'libs/jobs',
  '@mikro-orm': 'libs/storage',
  pg: 'libs/storage',
  undici: 'libs/collector',
  systeminformation: 'libs/collector',
  yaml: 'libs/config',
  argon2: 'libs/auth',
  react: 'apps/dashboard',
};

const unitOf = (path: string): string => path.split('/').slice(0, 2).join('/');

/** Every module specifier of a source text: imports, re-exports and dynamic imports. */
export function specifiersOf(path: string, source: string): string[] {
  const { staticImports, staticExports, dynamicImports } = parseSync(path, source).module;
  return [
    ...staticImports.map(i => i.moduleRequest.value),
    ...staticExports.flatMap(e => e.entries.flatMap(x => x.moduleRequest?.value ?? [])),
    ...dynamicImports.map(d => source.slice(d.moduleRequest.start + 1, d.moduleRequest.end - 1)),
  ];
}

/** Why this import is not allowed, or nothing. */
export function importBreach(path: string, specifier: string): string | undefined {
  const unit = unitOf(path);
  if (specifier.startsWith('.')) {
    const target = unitOf(normalize(join(dirname(path), specifier)));
    return target === unit ? undefined : `${path}: reaches into ${target} by path`;
  }
  if (specifier.startsWith('#')) {
    return MAY_IMPORT[unit]?.includes(specifier.slice(1)) ? undefined : `${path}: ${unit} may not import ${specifier}`;
  }
  const owner = Object.entries(OWNED_BY).find(([name]) => specifier === name || specifier.startsWith(`${name}/`))?.[1];
  return owner === undefined || owner === unit ? undefined : `${path}: only ${owner} may import ${specifier}`;
}

const OUTSIDE_ONLY: readonly { readonly text: RegExp; readonly only: RegExp; readonly why: string }[] = [
  { text: /\bprocess\.env\b/, only: /^libs\/config\//, why: 'the environment is read only in libs/config' },
  {
    text: /\bnew Date\(\)|\bDate\.now\(\)/,
    only: /^libs\/config\/src\/clock\.ts$|^apps\/dashboard\//,
    why: 'the clock is read only through Clock',
  },
];

/** Reads of the outside of the process in places that may not do so. Comments do not count. */
export function outsideBreaches(path: string, source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return OUTSIDE_ONLY.filter(rule => rule.text.test(code) && !rule.only.test(path)).map(rule => `${path}: ${rule.why}`);
}

/** Every breach of one file. */
export function breachesOf(path: string): string[] {
  const source = readFileSync(path, 'utf8');
  return [...specifiersOf(path, source).flatMap(s => importBreach(path, s) ?? []), ...outsideBreaches(path, source)];
}
