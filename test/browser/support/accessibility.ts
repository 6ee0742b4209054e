import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What has to hold on every page: WCAG 2.2 AA, and what is good practice beyond it. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What keeps people from using a page as it is now, each with where it is. */
export async function barriersOf(page: Page): Promise<string[]> {
  const { violations, passes } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const barriers = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
  const isContrastKnown = [...violations, ...passes].some(({ id }) => id === 'color-contrast');
  return isContrastKnown ? barriers : [...barriers, 'contrast was not looked at: is there any text?'];
}

/** By how many px a page is wider than the room it has, which may be less than the window: a bar to scroll by takes some. */
export async function overflowOf(page: Page): Promise<number> {
  return await page.evaluate(() => {
    const { documentElement: root } = document;
    return root.scrollWidth - Math.ceil(root.getBoundingClientRect().width);
  });
}
