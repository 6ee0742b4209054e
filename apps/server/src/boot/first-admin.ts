import { AuthError, type Setup } from '#auth';
import { type AdminSettings, ConfigurationError } from '#config';

/**
 * Who can sign in after this start.
 *
 * - `accounts` there are some
 * - `created` `ADMIN_EMAIL` has just been made the first admin
 * - `not-first` there are accounts, but `ADMIN_EMAIL` is none of them: only the first one is made in this way
 * - `link` nobody yet: whoever has the link makes the first admin
 */
export type SignInNotice =
  | { readonly kind: 'accounts' }
  | { readonly kind: 'created' | 'not-first'; readonly email: string }
  | { readonly kind: 'link'; readonly secret: string; readonly expiresAt: Date };

/**
 * Sees to it that somebody can sign in: as the settings say, or, while there is no account at all, by a link that is for
 * the person who started the server, and for nothing that is kept.
 *
 * @throws ConfigurationError when the password of the settings is one that nobody may have
 */
export async function prepareFirstAdmin(
  setup: Pick<Setup, 'ensureAdmin' | 'needed' | 'createLink'>,
  admin: AdminSettings | null,
): Promise<SignInNotice> {
  if (admin !== null) {
    const outcome = await setup.ensureAdmin(admin).catch(explainWeakPassword);
    return outcome === 'exists' ? { kind: 'accounts' } : { kind: outcome, email: admin.email };
  }
  if (!(await setup.needed())) return { kind: 'accounts' };
  return { kind: 'link', ...(await setup.createLink()) };
}

function explainWeakPassword(error: unknown): never {
  if (!(error instanceof AuthError) || error.code !== 'WEAK_PASSWORD') throw error;
  throw new ConfigurationError([{ source: 'environment', line: null, path: 'ADMIN_PASSWORD', message: error.message }]);
}
