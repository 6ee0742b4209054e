const TIMEOUT_MS = 30_000;

/** Who every server of a test knows, unless the test says otherwise. */
export const ADMIN = { email: 'admin@example.org', password: 'a password of the tests' } as const;

/** The same as a server's environment. */
export const ADMIN_ENVIRONMENT = { ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password } as const;

/** The headers of a program that is let in. */
export type SignedIn = Readonly<Record<'authorization', string>>;

/**
 * Signs in as people do, and makes a token that may do all that the account may; it outlives the server's process.
 *
 * @param url of the server, without a slash at its end
 */
export async function signIn(
  url: string,
  { email, password }: { readonly email: string; readonly password: string } = ADMIN,
): Promise<SignedIn> {
  const begun = await send(`${url}/api/v1/auth/login`, { email, password });
  const cookie = begun.headers.getSetCookie().map(line => line.split(';')[0]);
  const { account } = (await begun.json()) as { account: { permissions: string[] } };
  const wanted = { name: 'a test', scopes: account.permissions, expiresAt: null };
  const made = await send(`${url}/api/v1/tokens`, wanted, { cookie: cookie.join('; ') });
  const { secret } = (await made.json()) as { secret: string };
  return { authorization: `Bearer ${secret}` };
}

async function send(url: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!answer.ok) throw new Error(`POST ${url} answers ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
  return answer;
}
