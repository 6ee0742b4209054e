import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { messages } from './words.ts';

/** The columns of the list of machines. */
export type MachineColumn = keyof typeof messages.machines.column;

/** The line of a machine or a service in the list that is shown. */
export function lineOf(page: Page, name: string): Locator {
  return page.getByRole('row').filter({ has: page.getByRole('rowheader').filter({ hasText: name }) });
}

/** What a machine's line says in one column, as soon as both are there. */
export async function cellOf(page: Page, machine: string, column: MachineColumn): Promise<Locator> {
  const header = page.getByRole('columnheader', { name: messages.machines.column[column], exact: true });
  await expect(header).toBeSeen();
  const index = await header.evaluate(element => (element as HTMLTableCellElement).cellIndex);
  return lineOf(page, machine).locator('th, td').nth(index);
}

/** The mark in the top bar that says whether what is shown is true right now. */
export function streamMark(page: Page, status: Exclude<keyof typeof messages.stream, 'lost'>): Locator {
  return page.getByRole('banner').getByRole('button', { name: new RegExp(`^${messages.stream[status]}\\b`) });
}
