import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { cardOf, chartOf } from './support/charts.ts';
import { pathOf } from './support/matchers.ts';
import { signIn } from './support/sign-in.ts';
import { usePage } from './support/use-page.ts';
import { fill, messages } from './support/words.ts';
import { useWorld, WITH_PAST, type World } from './support/world.ts';

let world: World;
useWorld(made => void (world = made), WITH_PAST);
const open = usePage();

const { charts, machine } = messages;
const { cpu } = machine.tile;

async function openMachine(range: string): Promise<Page> {
  const page = await open(world.server.url, { height: 1200 });
  await signIn(page, world.admin);
  await page.goto(`/machines/acme/web-1?range=${range}`);
  await expect(chartOf(page, cpu)).toBeSeen();
  return page;
}

/** What a chart says of itself to who cannot see it. */
const words = async (page: Page): Promise<string> => (await chartOf(page, cpu).getAttribute('aria-label')) ?? '';

/** How long the range in the address is, in seconds; `null`: there is none with two ends. */
function lengthOf(page: Page): number | null {
  const { searchParams } = new URL(page.url());
  const [from, to] = [searchParams.get('from'), searchParams.get('to')].map(text => Date.parse(text ?? ''));
  return from === undefined || to === undefined || Number.isNaN(to - from) ? null : Math.round((to - from) / 1000);
}

/** Draws over a chart from one part of its width to another. */
async function drag(page: Page, from: number, to: number): Promise<void> {
  const box = await chartOf(page, cpu).locator('.u-over').boundingBox();
  if (box === null) throw new Error('the chart is not drawn');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * from, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * ((from + to) / 2), y, { steps: 4 });
  await page.mouse.move(box.x + box.width * to, y, { steps: 4 });
  await page.mouse.up();
}

describe('the past of a machine', () => {
  test('is shown with its gaps, of which each has a reason', async () => {
    const page = await openMachine('24h');
    expect(await words(page)).toContain(fill(charts.gaps.one, { count: 1 }));
    const card = cardOf(page, cpu);
    await card.getByRole('button', { name: charts.table, exact: true }).click();
    await expect(card.getByRole('table')).toBeSeen();
    await expect(card.getByText(messages.reason.timeout).first()).toBeSeen();
  });

  test('of a week is there after one press, and the address says which range it is', async () => {
    const page = await openMachine('24h');
    const before = await words(page);
    await page.getByRole('button', { name: charts.range.preset['7d'], exact: true }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get('range')).toBe('7d');
    await expect.poll(() => words(page)).not.toBe(before);
    await page.goBack();
    await expect.poll(() => words(page)).toBe(before);
  });

  test('is seen more closely by drawing over a part of it, down to the seconds of the agent, and back', async () => {
    const page = await openMachine('1h');
    const hour = await words(page);
    await drag(page, 0.6, 0.9);
    await expect.poll(() => lengthOf(page)).toBeGreaterThan(900);
    expect(lengthOf(page)).toBeLessThan(1300);
    // Until the answer comes, the hour is drawn, and a part of it would be chosen.
    await expect.poll(() => words(page)).not.toBe(hour);
    await drag(page, 0.2, 0.4);
    await expect.poll(() => lengthOf(page)).toBeLessThan(300);
    await expect(
      page.getByText(fill(charts.fromAgent, { step: fill(charts.step.second.one, { count: 1 }) })),
    ).toBeSeen();
    await expect.poll(() => words(page)).not.toContain(charts.summaryNone);
    const back = page.getByRole('button', { name: charts.range.back, exact: true });
    await back.click();
    await expect.poll(() => lengthOf(page)).toBeGreaterThan(900);
    await back.click();
    await expect.poll(() => pathOf(page)).toContain('range=1h');
  });

  test('can be taken away as a file', async () => {
    const page = await openMachine('24h');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      cardOf(page, cpu).getByRole('link', { name: charts.csv }).click(),
    ]);
    const text = await readFile((await download.path()) ?? '', 'utf8');
    expect(text.split('\n')[0]).toMatch(/^"?time"?,.*cpu\.avg/);
    expect(text.trim().split('\n').length).toBeGreaterThan(100);
  });
});

test('somebody who sees the present only has no way to the past', async () => {
  const page = await open(world.server.url);
  await signIn(page, world.user);
  const asked: string[] = [];
  page.on('request', request => asked.push(new URL(request.url()).pathname));
  await page.goto('/machines/acme/web-1?range=7d');
  await expect(chartOf(page, cpu)).toBeSeen();
  await expect(page.getByText(machine.past)).toBeSeen();
  expect(await page.getByRole('button', { name: charts.range.preset['7d'], exact: true }).count()).toBe(0);
  expect(asked.filter(path => /metrics|events|uptime|history/.test(path))).toEqual([]);
});
