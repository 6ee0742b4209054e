import type { Page } from 'playwright-core';
import type { Person } from '../../e2e/people.ts';
import { messages } from './words.ts';

/** Who signs in. */
export type Known = Pick<Person, 'email' | 'password'>;

/**
 * The browser of a page is given the session of somebody who is signed in already. All who are signed in this way share it:
 * a test that signs out, or ends sessions, uses {@link signInByForm}.
 */
export async function signIn(page: Page, { cookie }: Pick<Person, 'cookie'>): Promise<void> {
  const [name = '', value = ''] = cookie.split('=');
  await page.context().addCookies([{ name, value, domain: '127.0.0.1', path: '/', httpOnly: true, sameSite: 'Lax' }]);
}

/** What people do on the page at `/sign-in`, which is open. */
export async function signInByForm(page: Page, { email, password }: Known): Promise<void> {
  await page.getByLabel(messages.field.email, { exact: true }).fill(email);
  await page.getByLabel(messages.field.password, { exact: true }).fill(password);
  await page.getByRole('button', { name: messages.signIn.submit, exact: true }).click();
}
