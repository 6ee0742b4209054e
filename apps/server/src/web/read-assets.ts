import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, sep } from 'node:path';

/** How a file may be encoded on the wire, the smallest first. */
export const ENCODINGS = ['br', 'gzip'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** One file of the built dashboard, held in memory: the whole build is under two megabytes. */
export interface Asset {
  readonly contentType: string;
  readonly body: Buffer;
  /** The compressed copies that the build made; small files have none. */
  readonly encoded: Readonly<Partial<Record<Encoding, Buffer>>>;
  /** A strong tag of the uncompressed bytes, without quotes. */
  readonly tag: string;
}

/** The built dashboard: its page, and its files by URL path (`/assets/index-abc.js`). */
export interface Dashboard {
  readonly index: string;
  readonly assets: ReadonlyMap<string, Asset>;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** Reads a build. `null`: there is none in this directory. */
export function readDashboard(directory: string): Dashboard | null {
  const indexPath = join(directory, 'index.html');
  if (!existsSync(indexPath)) return null;
  const assets = new Map<string, Asset>();
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    const contentType = CONTENT_TYPES[extname(name)];
    const path = join(directory, name);
    if (contentType !== undefined && statSync(path).isFile()) {
      assets.set(`/${name.split(sep).join('/')}`, readAsset(path, contentType));
    }
  }
  return { index: readFileSync(indexPath, 'utf8'), assets };
}

function readAsset(path: string, contentType: string): Asset {
  const body = readFileSync(path);
  const tag = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  return {
    contentType,
    body,
    tag,
    encoded: { ...encodedCopy('br', `${path}.br`), ...encodedCopy('gzip', `${path}.gz`) },
  };
}

function encodedCopy(encoding: Encoding, path: string): Partial<Record<Encoding, Buffer>> {
  return existsSync(path) ? { [encoding]: readFileSync(path) } : {};
}
