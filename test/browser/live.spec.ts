import type { Page } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';
import { truthOf } from '../support/hostile-agents.ts';
import { cellOf, streamMark } from './support/home.ts';
import { signIn } from './support/sign-in.ts';
import { usePage } from './support/use-page.ts';
import { messages } from './support/words.ts';
import { GONE, MACHINES, useWorld, type World } from './support/world.ts';

let world: World;
useWorld(made => void (world = made));
const open = usePage();

async function openHome(): Promise<Page> {
  const page = await open(world.server.url);
  await signIn(page, world.user);
  await page.goto('/');
  await expect(streamMark(page, 'live')).toBeSeen();
  return page;
}

/** What a line says of CPU while the machine of this number does what it did in that second. */
function cpuText(machine: number, second: number): string {
  const { user, system, iowait } = truthOf(machine, second);
  return `${Math.round(user + system + iowait)}\u00a0%`;
}

describe('the values of a machine', () => {
  test('change within seconds, and each is one that its agent has said in the last seconds', async () => {
    const page = await openHome();
    const cell = await cellOf(page, MACHINES[1], 'cpu');
    const seen = new Set<string>();
    const wrong: string[] = [];
    const look = async (): Promise<number> => {
      const text = (await cell.textContent()) ?? '';
      const now = Math.floor(Date.now() / 1000);
      const said = Array.from({ length: 8 }, (_, ago) => cpuText(1, now - ago));
      if (!said.includes(text)) wrong.push(`${text}, but ${said.join()}`);
      seen.add(text);
      return seen.size;
    };
    await expect.poll(look, { timeout: 20_000, interval: 200 }).toBeGreaterThanOrEqual(4);
    expect(wrong).toEqual([]);
  });
});

describe('a machine that is not reached', () => {
  afterEach(() => world.agents.setFault(0, null));

  test('is down, and its line says why', async () => {
    const page = await openHome();
    const state = await cellOf(page, GONE, 'state');
    await expect(state).toSay(new RegExp(`^${messages.state.down} ?${messages.reason.refused}`));
    await expect(await cellOf(page, GONE, 'cpu')).toSay(messages.table.noValue);
  });

  test('becomes down with its reason, and up again, while somebody looks', { timeout: 120_000 }, async () => {
    const page = await openHome();
    const state = await cellOf(page, MACHINES[0], 'state');
    await expect(state).toSay(new RegExp(`^${messages.state.up}`));
    await world.agents.setFault(0, { kind: '403', on: 'everything' });
    await expect(state).toSay(new RegExp(`^${messages.state.down} ?${messages.reason.denied}`), 30_000);
    await expect.poll(() => page.title()).toContain('2 down');
    await world.agents.setFault(0, null);
    await expect(state).toSay(new RegExp(`^${messages.state.up}`), 30_000);
    await expect.poll(() => page.title()).toContain('1 down');
  });
});
