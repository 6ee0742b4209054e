import { expect, test } from 'vitest';
import { findBinaries } from './binaries.ts';

test('the build of this platform is found with its major version', () => {
  expect(findBinaries()).toMatchObject({ major: 18, directory: expect.stringMatching(/native$/) });
});

test('a platform without a build is told what to do', () => {
  expect(() => findBinaries('plan9', 'mips')).toThrow(
    expect.objectContaining({
      code: 'EMBEDDED_NO_BINARIES',
      message: expect.stringMatching(/plan9-mips.*--omit=optional.*DATABASE_URL/s),
    }),
  );
});
