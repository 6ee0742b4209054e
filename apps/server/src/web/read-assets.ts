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

/** What a page needs, so that a browser can ask for all of it at once; the dashboard's `build/page-files.ts` writes it. */
export interface PageNeeds {
  /** URL paths of scripts and styles. */
  readonly files: readonly string[];
  /** Paths of the API, where `$name` is that part of the page's own path. */
  readonly reads: readonly string[];
}

/** The built dashboard: its page, and its files by URL path (`/assets/index-abc.js`). */
export interface Dashboard {
  readonly index: string;
  /** By a page's pattern: what it needs beside what `index` names. */
  readonly pages: Readonly<Record<string, PageNeeds>>;
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

/** Written by the build; for the server only. */
const PAGE_FILES = 'page-files.json';

/** Reads a build. `null`: there is none in this directory. */
export function readDashboard(directory: string): Dashboard | null {
  const indexPath = join(directory, 'index.html');
  const pageFilesPath = join(directory, PAGE_FILES);
  if (!existsSync(indexPath) || !existsSync(pageFilesPath)) return null;
  const assets = new Map<string, Asset>();
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    const contentType = CONTENT_TYPES[extname(name)];
    const path = join(directory, name);
    if (contentType !== undefined && name !== PAGE_FILES && statSync(path).isFile()) {
      assets.set(`/${name.split(sep).join('/')}`, readAsset(path, contentType));
    }
  }
  return {
    index: readFileSync(indexPath, 'utf8'),
    pages: readPages(pageFilesPath),
    assets,
  };
}

function readPages(path: string): Dashboard['pages'] {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Dashboard['pages'];
  } catch (cause) {
    throw new Error(`${path} is not what the build writes; run npm run build.`, { cause });
  }
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
