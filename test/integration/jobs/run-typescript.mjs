/** Runs a TypeScript module in a process of its own, as the tests are run: `node run-typescript.mjs <module> …`. */
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const conditions = ['source', 'node'];
await runnerImport(resolve(process.argv[2]), {
  configFile: false,
  logLevel: 'error',
  root: resolve(import.meta.dirname, '../../..'),
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  resolve: { conditions },
  environments: { inline: { resolve: { conditions } } },
});
