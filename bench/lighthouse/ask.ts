import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Scene } from '../dashboard/scene.ts';
import { Failure } from '../support/failure.ts';
import { PROJECT } from '../support/project.ts';
import type { Form } from './options.ts';
import type { VisitedPage } from './pages.ts';

/** What is judged, from 0 to 100; what search engines want of a page is no concern of a private one. */
export const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
export type Category = (typeof CATEGORIES)[number];

/** One look of Lighthouse at a page. */
export interface Judged {
  readonly scores: Readonly<Record<Category, number>>;
  /** Milliseconds. */
  readonly firstPaintMs: number;
  readonly largestPaintMs: number;
  readonly blockedMs: number;
  readonly shift: number;
  /** What it found wrong, by name; of performance only what weighs something. */
  readonly faults: readonly string[];
}

interface Audit {
  readonly id: string;
  readonly title: string;
  readonly score: number | null;
  readonly numericValue?: number;
}

/** The parts of Lighthouse's own report that are read here. */
interface LighthouseReport {
  readonly runtimeError?: { readonly message: string };
  readonly finalDisplayedUrl: string;
  readonly audits: Readonly<Record<string, Audit>>;
  readonly categories: Readonly<
    Record<Category, { readonly score: number | null; readonly auditRefs: readonly { id: string; weight: number }[] }>
  >;
}

const CLI = join(PROJECT, 'tools/lighthouse/node_modules/lighthouse/cli/index.js');
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
/** Root has no sandbox, and nothing calls home. */
const FLAGS =
  '--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update';
const TIMEOUT_MS = 120_000;

/** @throws Failure when Lighthouse cannot look at it, or is shown another page */
export async function ask({ url, cookie }: Scene, page: VisitedPage, form: Form): Promise<Judged> {
  const directory = await mkdtemp(join(tmpdir(), 'distomon-lighthouse-'));
  try {
    // In a file, for every user of the machine can read a command line.
    const [headers, output] = [join(directory, 'headers.json'), join(directory, 'report.json')];
    await writeFile(headers, JSON.stringify(page.isSignedIn ? { Cookie: cookie } : {}), { mode: 0o600 });
    const args = [
      url + page.path,
      '--quiet',
      '--output=json',
      `--output-path=${output}`,
      `--only-categories=${CATEGORIES.join(',')}`,
      `--chrome-flags=${FLAGS}`,
      `--extra-headers=${headers}`,
      ...(form === 'desktop' ? ['--preset=desktop'] : []),
    ];
    await promisify(execFile)(process.execPath, [CLI, ...args], {
      env: { ...process.env, CHROME_PATH: CHROMIUM },
      timeout: TIMEOUT_MS,
    });
    return judgedBy(JSON.parse(await readFile(output, 'utf8')) as LighthouseReport, page);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function judgedBy(
  { runtimeError, finalDisplayedUrl, audits, categories }: LighthouseReport,
  page: VisitedPage,
): Judged {
  if (runtimeError !== undefined) throw new Failure(`Lighthouse cannot look at ${page.name}: ${runtimeError.message}`);
  const { pathname } = new URL(finalDisplayedUrl);
  if (pathname !== page.path) throw new Failure(`Lighthouse wanted to see ${page.path} and was shown ${pathname}`);
  const value = (id: string): number => audits[id]?.numericValue ?? Number.NaN;
  const scoreOf = (category: Category): number => Math.round(100 * (categories[category].score ?? 0));
  const isWrong = ({ id, weight }: { id: string; weight: number }): boolean =>
    weight > 0 && (audits[id]?.score ?? 1) < 1;
  const wrong = CATEGORIES.filter(category => category !== 'performance').flatMap(category =>
    categories[category].auditRefs.filter(isWrong).map(({ id }) => audits[id]?.title ?? id),
  );
  return {
    scores: {
      performance: scoreOf('performance'),
      accessibility: scoreOf('accessibility'),
      'best-practices': scoreOf('best-practices'),
    },
    firstPaintMs: value('first-contentful-paint'),
    largestPaintMs: value('largest-contentful-paint'),
    blockedMs: value('total-blocking-time'),
    shift: value('cumulative-layout-shift'),
    faults: [...new Set(wrong)],
  };
}
