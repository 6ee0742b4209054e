import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { People } from '../e2e/people.ts';
import { allMetrics, chartData, info } from '../support/agents/fake-agent.ts';
import { startReplay, type ReplayServer } from '../support/agents/replay-server.ts';
import { ServerProcess } from '../support/server-process.ts';
import { createDatabase, databases, waitFor, type DisposableDatabase } from '../support/services.ts';
import { heading } from './pages/page-case.ts';
import { complaintsOf } from './support/complaints.ts';
import { lineOf } from './support/home.ts';
import { signIn } from './support/sign-in.ts';
import { usePage } from './support/use-page.ts';
import { messages } from './support/words.ts';

/** What becomes a script where text is taken for markup; it says on which way it came. */
const bad = (way: string): string => `<img src=x onerror="globalThis.came='${way}'">`;
/** The same for an agent, which may say 60 characters. */
const SHORT = '<img src=x onerror=came=1>';

let database: DisposableDatabase;
let agent: ReplayServer;
let server: ServerProcess;
let people: People;
const open = usePage();

/** A healthy agent that gives itself strange names. */
function startStrangeAgent(): Promise<ReplayServer> {
  const now = (): number => Math.floor(Date.now() / 1000);
  const answerTo = ({ pathname, searchParams: query }: URL): unknown => {
    const state = { machine: 0, now: now(), staleSeconds: 0 };
    if (pathname.endsWith('/info')) return { ...(info(0) as object), os_name: SHORT, os_version: SHORT };
    if (pathname.endsWith('/allmetrics')) return allMetrics(state);
    if (pathname.endsWith('/chart')) return { id: query.get('chart'), update_every: 1, first_entry: now() - 600 };
    return chartData(state, query.get('chart') ?? '', Number(query.get('after')), Number(query.get('before')));
  };
  return startReplay(url => {
    const body = answerTo(url);
    const headers = { server: SHORT };
    return body === null ? { status: 404, headers, body: 'none' } : { headers, body: JSON.stringify(body) };
  });
}

beforeAll(async () => {
  [database, agent] = await Promise.all([createDatabase(databases()[0]?.url ?? ''), startStrangeAgent()]);
  server = await ServerProcess.create({ DATABASE_URL: database.url, RATE_LIMIT: '0' });
  await server.network(`network_id: acme
version: 1
machines:
  - name: strange-1
    netdata: "${agent.url}"
    labels: { note: '${bad('label').replaceAll("'", "''")}' }
monitors:
  - { name: agents, kind: netdata, interval: 5s, timeout: 2s }
  - { name: page, kind: http, url: "${agent.url}/?q=<b>${encodeURIComponent('x')}", interval: 5s, timeout: 2s, status: [599] }
quorum: { misses: 1 }
`);
  await server.start();
  people = await People.of(server.url);
  await waitFor(async () => (await read('machines')).includes('"up"') && (await read('services')).includes('"down"'), {
    timeoutMs: 30_000,
  });
});
afterAll(async () => {
  await server?.dispose();
  await agent?.close();
  await database?.drop();
});

const read = async (list: string): Promise<string> => JSON.stringify(await server.api(`/api/v1/networks/acme/${list}`));

/** What came of all the markup: nothing. */
async function expectNothingRan(page: Page): Promise<void> {
  expect(await page.evaluate(() => 'came' in globalThis)).toBe(false);
  expect(await page.locator('img[src="x"], main b:text-is("x")').count()).toBe(0);
}

async function openAs(role: 'admin' | 'user', path: string, name = ''): Promise<Page> {
  const page = await open(server.url);
  await signIn(page, await people.invite({ role, name }));
  await page.goto(path);
  return page;
}

test('labels of a machine are text', async () => {
  const page = await openAs('user', '/');
  await expect(lineOf(page, 'strange-1')).toBeSeen();
  await expect(lineOf(page, 'strange-1').getByText(bad('label'))).toBeSeen();
  await expectNothingRan(page);
});

test('what an agent says of its machine is text', async () => {
  const page = await openAs('admin', '/machines/acme/strange-1');
  await expect(page.getByText(`${SHORT} ${SHORT}`)).toBeSeen();
  await expectNothingRan(page);
});

test('what a service is asked for is text', async () => {
  const page = await openAs('admin', '/?network=acme&view=services');
  await expect(lineOf(page, 'page')).toBeSeen();
  await expectNothingRan(page);
});

test('the name of an account is text', async () => {
  const page = await openAs('user', '/', bad('account'));
  const button = page.getByRole('button', { name: /^Account: / });
  await expect(button).toBeSeen();
  await button.click();
  await expect(page.getByText(bad('account')).first()).toBeSeen();
  await expectNothingRan(page);
});

test.each([
  ['a network', `/?network=${encodeURIComponent(bad('network'))}`, (page: Page) => page.getByText(bad('network'))],
  [
    'a path that is forbidden',
    `/forbidden?path=${encodeURIComponent(`/${bad('path')}`)}&permission=${encodeURIComponent(bad('permission'))}`,
    (page: Page) => heading(page, messages.forbidden.title),
  ],
  ['an error', `/sign-in?error=${encodeURIComponent(bad('error'))}`, (page: Page) => page.getByRole('heading')],
  [
    'a page that is not there',
    `/${encodeURIComponent(SHORT)}`,
    (page: Page) => heading(page, messages.page.missingTitle),
  ],
])('%s in an address is text', async (_, path, shown) => {
  const page = await openAs('user', path);
  complaintsOf(page).expect(/\b404\b.*%3Cimg/);
  await expect(shown(page).first()).toBeSeen();
  await expectNothingRan(page);
});
