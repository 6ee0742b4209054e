import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { ask } from '../e2e/ask.ts';
import { complaintsOf } from './support/complaints.ts';
import { lineOf } from './support/home.ts';
import { signIn } from './support/sign-in.ts';
import { usePage } from './support/use-page.ts';
import { fill, messages } from './support/words.ts';
import { GONE, MACHINES, useWorld, type World } from './support/world.ts';

let world: World;
useWorld(made => void (world = made));
const open = usePage();

const texts = messages.editor;
const [WEB_1, WEB_2, DB_1] = MACHINES;
const PATH = '/settings/machines?network=acme';

const button = (within: Page | Locator, name: string): Locator => within.getByRole('button', { name, exact: true });
/** Behind its name may stand that it may stay empty. */
const field = (within: Page | Locator, name: string): Locator => within.getByLabel(new RegExp(`^${name}\\s*(\\(|$)`));
const dialogOf = (page: Page): Locator => page.getByRole('dialog');
const told = (page: Page, text: string): Locator => page.getByRole('status').filter({ hasText: text });
const fileOf = (page: Page): Locator => page.getByRole('textbox', { name: fill(texts.file.text, { network: 'acme' }) });

async function openEditor(path = PATH): Promise<Page> {
  const page = await open(world.server.url);
  await signIn(page, world.admin);
  await page.goto(path);
  await expect(path === PATH ? lineOf(page, WEB_1) : fileOf(page)).toBeSeen();
  return page;
}

async function choose(page: Page, machine: string, action: string): Promise<void> {
  await button(page, fill(texts.action.more, { name: machine })).click();
  await button(page, action).click();
  await expect(dialogOf(page)).toBeSeen();
}

/** Presses the button of the dialog and waits until it is done. */
async function confirm(page: Page, submit: string): Promise<void> {
  await button(dialogOf(page), submit).click();
  await expect(dialogOf(page)).toBeGone();
}

interface File {
  readonly text: string;
  readonly version: number;
  readonly hash: string;
}

const fileNow = (): Promise<File> => world.server.api<File>('/api/v1/networks/acme/file');

/** What another admin does meanwhile. */
async function replaceFile(change: (text: string) => string): Promise<void> {
  const { text, hash } = await fileNow();
  const reply = await ask(world.server.url, {
    method: 'PUT',
    path: '/api/v1/networks/acme/file',
    headers: { ...(await world.server.headers()), 'if-match': `"${hash}"` },
    body: { text: change(text) },
  });
  expect(reply.status).toBe(200);
}

const namesNow = async (): Promise<string[]> => {
  const { items } = await world.server.api<{ items: { name: string }[] }>('/api/v1/networks/acme/machines');
  return items.map(({ name }) => name);
};

describe('adding', () => {
  test('a machine is tested, and the reason is named until it works; then it is added, and stands on Home', async () => {
    const page = await openEditor();
    await button(page, texts.add.open).click();
    const dialog = dialogOf(page);
    await field(dialog, texts.form.name).fill('new-1');
    await field(dialog, texts.form.netdata).fill('127.0.0.1:9');
    await button(dialog, texts.test.run).click();
    const result = dialog.getByRole('region', { name: texts.test.label }).getByRole('status');
    await expect(result).toSay(/cannot be watched yet: refused\..*127\.0\.0\.1:9 refuses.*Is Netdata running there/);
    await field(dialog, texts.form.netdata).fill(world.agents.urls[0] ?? '');
    // It was about another address.
    await expect(result).toBeGone();
    await button(dialog, texts.test.run).click();
    await expect(result).toSay(/^It can be watched: .*System.*Cores ?\d+.*Memory ?\d.*Agent ?v/);
    await field(dialog, texts.form.labels).fill('tier=new');
    await confirm(page, texts.add.submit);
    await expect(told(page, fill(texts.told.added.one, { name: 'new-1' }))).toBeSeen();
    await expect(lineOf(page, 'new-1')).toSay(/tier=new/);
    await page.getByRole('link', { name: messages.shell.nav.home }).click();
    await expect(lineOf(page, 'new-1')).toBeSeen();
  });

  test('what is missing, taken or refused by the server stands at its field', async () => {
    const page = await openEditor();
    complaintsOf(page).expect(/422.*\/networks\/acme\/machines/);
    await button(page, texts.add.open).click();
    const dialog = dialogOf(page);
    await button(dialog, texts.add.submit).click();
    await expect(dialog.getByText(texts.problem.nameMissing)).toBeSeen();
    await expect(dialog.getByText(texts.problem.netdataMissing)).toBeSeen();
    await field(dialog, texts.form.name).fill(WEB_1);
    await field(dialog, texts.form.netdata).fill('10.0.0.1');
    await button(dialog, texts.add.submit).click();
    await expect(dialog.getByText(fill(texts.problem.lineKnown, { name: WEB_1 }))).toBeSeen();
    await field(dialog, texts.form.name).fill('new-2');
    await dialog.getByText(texts.form.more, { exact: true }).click();
    await field(dialog, texts.form.timeout).fill('soon');
    await button(dialog, texts.add.submit).click();
    await expect(dialog.getByText(/"soon"/)).toBeSeen();
    await expect.poll(() => focusedName(page)).toBe('timeout');
    expect(await namesNow()).not.toContain('new-2');
  });

  test('many are added at once, all of them or none; a problem leads to its line', async () => {
    const page = await openEditor();
    await button(page, texts.add.open).click();
    const dialog = dialogOf(page);
    await dialog.getByText(texts.add.many, { exact: true }).click();
    const lines = field(dialog, texts.add.lines);
    await lines.fill(`many-1 10.0.0.21 tier=many\n10.0.0.22\n${WEB_1} 10.0.0.23`);
    await button(dialog, 'Add 3 machines').click();
    await expect(dialog.getByText(fill(texts.problem.lineKnown, { name: WEB_1 }))).toBeSeen();
    await button(dialog, fill(texts.add.toLine, { line: 3 })).click();
    expect(await selectedText(page)).toBe(`${WEB_1} 10.0.0.23`);
    expect(await namesNow()).not.toContain('many-1');
    await lines.fill(`many-1 ${world.agents.urls[2]}\nmany-2 127.0.0.1:9`);
    await button(dialog, texts.test.runAll).click();
    await expect(dialog.getByText(fill(texts.test.sum, { works: 1, all: 2 }))).toBeSeen();
    await expect(dialog.getByText(/^refused: 127\.0\.0\.1:9 refuses/)).toBeSeen();
    await lines.fill('many-1 10.0.0.21 tier=many\n10.0.0.22');
    await confirm(page, 'Add 2 machines');
    await expect(lineOf(page, '10.0.0.22')).toSay(/http:\/\/10\.0\.0\.22:19999/);
    expect(await namesNow()).toEqual(expect.arrayContaining(['many-1', '10.0.0.22']));
  });
});

describe('changing', () => {
  test('a machine that is renamed keeps its identity and its values, and what was not touched', async () => {
    const page = await openEditor();
    await button(page, fill(texts.action.changeOf, { name: WEB_2 })).click();
    const dialog = dialogOf(page);
    await field(dialog, texts.form.name).fill('shop-2');
    await expect(dialog.getByText(texts.form.renameHint)).toBeSeen();
    await field(dialog, texts.form.labels).fill('tier=shop place="Frankfurt am Main"');
    await confirm(page, texts.change.submit);
    await expect(told(page, fill(texts.told.renamed, { former: WEB_2, name: 'shop-2' }))).toBeSeen();
    await expect(lineOf(page, 'shop-2')).toSay(/tier=shop.*place=Frankfurt am Main/);
    const { text } = await fileNow();
    expect(text).toMatch(/name: shop-2.*id: web-2|id: web-2.*name: shop-2/);
    expect(text).toContain(world.agents.urls[1]);
    await page.goto('/machines/acme/shop-2');
    await expect(page.getByRole('heading', { name: 'shop-2', level: 1 })).toBeSeen();
  });

  test('a pause shows until when and why, on Home too, until it is resumed', async () => {
    const page = await openEditor();
    await choose(page, DB_1, texts.action.pause);
    await field(dialogOf(page), texts.pause.length.open).check();
    await field(dialogOf(page), texts.pause.note).fill('new disks');
    await confirm(page, texts.pause.submit);
    await expect(lineOf(page, DB_1)).toSay(/Paused ?until somebody resumes it · new disks/);
    await page.getByRole('link', { name: messages.shell.nav.home }).click();
    await expect(lineOf(page, DB_1)).toSay(new RegExp(messages.state.maintenance));
    await page.goto(PATH);
    await choose(page, DB_1, texts.action.resume);
    await confirm(page, texts.resume.submit);
    await expect(lineOf(page, DB_1)).toSay(/^(?!.*Paused)/);
    const { items } = await world.server.api<{ items: { name: string; pause: unknown }[] }>(
      '/api/v1/networks/acme/machines',
    );
    expect(items.find(({ name }) => name === DB_1)?.pause).toBeNull();
  });

  test('those that are chosen are removed together', async () => {
    const page = await openEditor();
    for (const name of [GONE, 'many-1']) {
      await field(page, fill(texts.table.choose, { name })).check();
    }
    await button(page, texts.action.remove).click();
    await expect(dialogOf(page).getByText(texts.remove.history)).toBeSeen();
    await confirm(page, texts.remove.submit);
    await expect(lineOf(page, GONE)).toBeGone();
    expect(await namesNow()).toEqual(expect.not.arrayContaining([GONE, 'many-1']));
  });
});

describe('the file', () => {
  test('is left by the tab key, and a problem leads to its line', async () => {
    const page = await openEditor(`${PATH}&view=file`);
    complaintsOf(page).expect(/422.*\/networks\/acme\/file/);
    const text = await fileOf(page).inputValue();
    await fileOf(page).fill(text.replace('kind: tcp', 'kind: tpc'));
    await page.keyboard.press('Tab');
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('BUTTON');
    await button(page, texts.file.save).click();
    const line = text.split('\n').findIndex(one => one.includes('kind: tcp')) + 1;
    await button(page, fill(texts.file.line, { line })).click();
    expect(await selectedText(page)).toContain('kind: tpc');
    await button(page, texts.file.drop).click();
    expect(await fileOf(page).inputValue()).toBe(text);
    await expect(page.getByRole('list', { name: texts.file.problems })).toBeGone();
  });

  test('is saved as the next version, with its comments', async () => {
    const page = await openEditor(`${PATH}&view=file`);
    const { version } = await fileNow();
    await fileOf(page).fill(`# of the shop\n${await fileOf(page).inputValue()}`);
    await button(page, texts.file.save).click();
    await expect(told(page, fill(texts.told.saved, { version: version + 1 }))).toBeSeen();
    await expect(page.getByText(new RegExp(`^Version ${version + 1}, by ${world.admin.email}`))).toBeSeen();
    expect((await fileNow()).text).toMatch(/^# of the shop\n/);
  });

  test('that somebody else has changed meanwhile is compared, and nothing of either is lost unasked', async () => {
    const page = await openEditor(`${PATH}&view=file`);
    complaintsOf(page).expect(/412.*\/networks\/acme\/file/);
    await fileOf(page).fill(`# mine\n${await fileOf(page).inputValue()}`);
    await replaceFile(text => `# theirs\n${text}`);
    await button(page, texts.file.save).click();
    const note = page.getByRole('alert', { name: texts.stale.title });
    await expect(note.getByText('# theirs')).toBeSeen();
    await expect(note.getByText('# mine')).toBeSeen();
    expect((await fileNow()).text).toMatch(/^# theirs\n/);
    await button(note, texts.stale.mine).click();
    await expect(page.getByText(texts.refused.stale)).toBeGone();
    await button(page, texts.file.save).click();
    await expect.poll(async () => (await fileNow()).text).toMatch(/^# mine\n(?!# theirs)/);
  });

  test('is not left by mistake with something unsaved', async () => {
    const page = await openEditor(`${PATH}&view=file`);
    const questions: string[] = [];
    page.on('dialog', dialog => {
      questions.push(dialog.message());
      void dialog.dismiss();
    });
    await fileOf(page).fill(`# unsaved\n${await fileOf(page).inputValue()}`);
    // Another look at the machines keeps it.
    await page.getByText(texts.view.machines, { exact: true }).last().click();
    await expect(lineOf(page, WEB_1)).toBeSeen();
    await page.getByRole('link', { name: messages.shell.nav.home }).click();
    await expect.poll(() => questions).toEqual([texts.file.leave]);
    await expect(page).toBeAt(/^\/settings\/machines/);
  });
});

const focusedName = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute('name') ?? null);

const selectedText = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const area = document.activeElement;
    if (!(area instanceof HTMLTextAreaElement)) return '';
    return area.value.slice(area.selectionStart, area.selectionEnd);
  });
