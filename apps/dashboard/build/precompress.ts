import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const COMPRESSIBLE = /\.(js|css|html|svg|json|webmanifest|txt)$/;
/** For the server, which puts a nonce into index.html for each response. */
const NEVER_SENT = /(\.html|page-files\.json)$/;
/** Below this a compressed copy saves no packet. */
const MIN_BYTES = 1024;

/** Writes `.br` and `.gz` beside every text file of the build, so that the server never compresses anything itself. */
export function precompress(): Plugin {
  let directory = '';
  return {
    name: 'precompress',
    apply: 'build',
    configResolved(config) {
      directory = join(config.root, config.build.outDir);
    },
    closeBundle() {
      for (const file of filesBelow(directory)) compressFile(file);
    },
  };
}

function filesBelow(directory: string): string[] {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  return names.map(name => join(directory, name)).filter(path => COMPRESSIBLE.test(path) && statSync(path).isFile());
}

function compressFile(path: string): void {
  const content = readFileSync(path);
  if (content.length < MIN_BYTES || NEVER_SENT.test(path)) return;
  writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
}
