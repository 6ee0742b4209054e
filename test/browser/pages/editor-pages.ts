import type { Locator, Page } from 'playwright-core';
import { fill, messages } from '../support/words.ts';
import { GONE } from '../support/world.ts';
import { ADMINS, press, type PageCase } from './page-case.ts';

const { editor } = messages;
const editOf = (page: Page, name: string): Locator =>
  page.getByRole('button', { name: fill(editor.action.changeOf, { name }) });

/** The editor of what a network watches. */
export const EDITOR_PAGES: readonly PageCase[] = [
  {
    name: 'machines editor',
    path: '/settings/machines?network=acme',
    as: 'admin',
    shown: page => editOf(page, GONE),
    access: ADMINS,
  },
  {
    name: 'machines editor with some chosen',
    path: '/settings/machines?network=acme',
    as: 'admin',
    shown: page => editOf(page, GONE),
    act: async page => {
      await page.getByRole('checkbox', { name: fill(editor.table.choose, { name: GONE }) }).check();
      await page.getByRole('button', { name: editor.action.remove }).waitFor();
    },
  },
  {
    name: 'machines editor with the menu of one open',
    path: '/settings/machines?network=acme',
    as: 'admin',
    shown: page => editOf(page, GONE),
    act: page => press(page, fill(editor.action.more, { name: GONE })),
  },
  {
    name: 'machines editor in which nothing is found',
    path: '/settings/machines?network=acme',
    as: 'admin',
    shown: page => editOf(page, GONE),
    act: page => page.getByRole('searchbox', { name: editor.table.filter }).fill('nothing like that'),
  },
  {
    name: 'a machine about to be added, with the commands for it and a test that failed',
    path: '/settings/machines?network=acme',
    as: 'admin',
    shown: page => editOf(page, GONE),
    act: async page => {
      await press(page, editor.add.open);
      await page.getByLabel(editor.form.netdata, { exact: true }).fill('127.0.0.1:9');
      await page.getByText(editor.form.more, { exact: true }).click();
      await page.getByText(editor.guide.title, { exact: true }).click();
      await press(page, editor.test.run);
      await page.getByText(fill(editor.test.failedBy, { reason: messages.reason.refused })).waitFor();
      await press(page, editor.add.submit);
      await page.getByText(editor.problem.nameMissing).waitFor();
    },
  },
  {
    name: 'many machines about to be added, one of them with a problem',
    path: '/settings/machines?network=acme',
    as: 'admin',
    shown: page => editOf(page, GONE),
    act: async page => {
      await press(page, editor.add.open);
      await page.getByText(editor.add.many, { exact: true }).click();
      await page.getByLabel(editor.add.lines, { exact: true }).fill(`new-1 10.0.0.1 tier=db\n${GONE} 10.0.0.2`);
      await page.getByText(fill(editor.problem.lineKnown, { name: GONE })).waitFor();
    },
  },
  {
    name: 'a machine about to be edited',
    path: '/settings/machines?network=acme',
    as: 'admin',
    shown: page => editOf(page, GONE),
    act: async page => {
      await editOf(page, GONE).click();
      await page.getByLabel(editor.form.name, { exact: true }).fill('here-1');
      await page.getByText(editor.form.renameHint).waitFor();
    },
  },
  {
    name: 'a machine about to be paused',
    path: '/settings/machines?network=acme',
    as: 'admin',
    shown: page => editOf(page, GONE),
    act: async page => {
      await press(page, fill(editor.action.more, { name: GONE }));
      await press(page, editor.action.pause);
      await page.getByLabel(editor.pause.length.own, { exact: true }).check();
      await page.getByRole('dialog').getByRole('button', { name: editor.pause.submit, exact: true }).click();
      await page.getByText(editor.pause.missing).waitFor();
    },
  },
  {
    name: 'a machine about to be removed',
    path: '/settings/machines?network=acme',
    as: 'admin',
    shown: page => editOf(page, GONE),
    act: async page => {
      await press(page, fill(editor.action.more, { name: GONE }));
      await press(page, editor.action.remove);
      await page.getByRole('dialog').getByText(editor.remove.history).waitFor();
    },
  },
  {
    name: 'the network file',
    path: '/settings/machines?network=acme&view=file',
    as: 'admin',
    shown: page => page.getByRole('textbox', { name: fill(editor.file.text, { network: 'acme' }) }),
  },
  {
    name: 'the network file with a problem',
    path: '/settings/machines?network=acme&view=file',
    as: 'admin',
    expected: /422.*\/networks\/acme\/file/,
    shown: page => page.getByRole('textbox', { name: fill(editor.file.text, { network: 'acme' }) }),
    act: async page => {
      const text = page.getByRole('textbox', { name: fill(editor.file.text, { network: 'acme' }) });
      await text.fill((await text.inputValue()).replace('kind: tcp', 'kind: tpc'));
      await press(page, editor.file.save);
      await page.getByRole('list', { name: editor.file.problems }).waitFor();
    },
  },
];
