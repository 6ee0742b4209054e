import { globSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { breachesOf, importBreach, outsideBreaches, specifiersOf } from './direction.ts';

describe('the direction table', () => {
  test('holds for every source file', () => {
    const files = globSync('{apps,libs}/*/src/**/*.{ts,tsx}').filter(file => !/\.spec\.tsx?$/.test(file));
    expect(files.length).toBeGreaterThan(20);
    expect(files.flatMap(breachesOf)).toEqual([]);
  });

  test.each([
    ['a forbidden lib', 'libs/mesh/src/x.ts', `import { a } from '#collector';`],
    ['a package that another lib owns', 'apps/server/src/x.ts', `import { Queue } from 'bullmq';`],
    ['a subpath of an owned package', 'libs/collector/src/x.ts', `import { x } from '@mikro-orm/core';`],
    ['a re-export by relative path', 'libs/jobs/src/x.ts', `export { y } from '../../config/src/clock.ts';`],
    ['a dynamic import', 'libs/config/src/x.ts', `const s = await import('#storage');`],
    ['the server from the dashboard', 'apps/dashboard/src/x.tsx', `import { a } from '../../server/src/main.ts';`],
  ])('a planted breach is found: %s', (_what, path, source) => {
    expect(specifiersOf(path, source).flatMap(s => importBreach(path, s) ?? [])).toHaveLength(1);
  });

  test.each([
    ['the environment', 'libs/jobs/src/x.ts', 'const home = process.env.HOME;', 1],
    ['the clock', 'libs/mesh/src/x.ts', 'const at = new Date();', 1],
    ['the clock in a comment', 'libs/mesh/src/x.ts', '// not new Date()\nconst a = 1;', 0],
    ['the clock in its own place', 'libs/config/src/clock.ts', 'return new Date();', 0],
  ])('a planted read of the outside is found: %s', (_what, path, source, breaches) => {
    expect(outsideBreaches(path, source)).toHaveLength(breaches);
  });
});
