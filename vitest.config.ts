import { defineConfig } from 'vitest/config';

const shared = {
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  resolve: { conditions: ['source', 'node'] },
  ssr: { resolve: { conditions: ['source', 'node'] } },
};

/**
 * The sizes of test. `unit` needs nothing; `integration` real databases and queues; `e2e` the built server; `browser`
 * looks at it through Chromium; `crash` kills it again and again; `image` the container image, built and run; `lab` and
 * `lab-window` real agents in network namespaces. `screenshots` is no test: it makes the pictures of docs/screenshots.
 */
export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['libs/**/*.spec.ts', 'apps/**/*.spec.ts', 'test/architecture/**/*.spec.ts'],
          pool: 'forks',
        },
      },
      {
        ...shared,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.spec.ts', 'test/launcher/**/*.spec.ts'],
          pool: 'forks',
          globalSetup: ['test/support/global-services.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'e2e',
          include: ['test/e2e/*.spec.ts'],
          pool: 'forks',
          globalSetup: ['test/support/global-services.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'browser',
          include: ['test/browser/*.spec.ts'],
          pool: 'forks',
          globalSetup: ['test/support/global-services.ts'],
          setupFiles: ['test/browser/support/matchers.ts'],
          testTimeout: 120_000,
          expect: { poll: { timeout: 15_000 } },
          hookTimeout: 120_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'screenshots',
          include: ['test/browser/screenshots/*.shots.ts'],
          pool: 'forks',
          globalSetup: ['test/support/global-services.ts'],
          setupFiles: ['test/browser/support/matchers.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'image',
          include: ['test/image/*.spec.ts'],
          pool: 'forks',
          globalSetup: ['test/support/global-services.ts'],
          testTimeout: 120_000,
          hookTimeout: 600_000,
        },
      },
      { ...shared, test: { name: 'crash', include: ['test/e2e/crash/*.spec.ts'], pool: 'forks' } },
      {
        ...shared,
        test: {
          name: 'lab',
          include: ['test/lab/**/*.spec.ts'],
          exclude: ['test/lab/real-window.spec.ts'],
          pool: 'forks',
          globalSetup: ['test/support/global-services.ts'],
          testTimeout: 1_200_000,
          hookTimeout: 180_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'lab-window',
          include: ['test/lab/real-window.spec.ts'],
          pool: 'forks',
          testTimeout: 1_200_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
