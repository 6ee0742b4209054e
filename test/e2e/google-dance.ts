import { ask, type Reply } from './ask.ts';

/** Where a browser begins its way to Google, and where Google sends it back to. */
export const BEGIN = '/api/v1/auth/google';
export const CALLBACK = '/api/v1/auth/google/callback';

/** A browser as far as cookies go: it keeps what it is told to keep, and shows it to this server only. */
export class Browser {
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly cookies = new Map<string, string>();

  constructor(url: string, headers: Readonly<Record<string, string>> = {}) {
    this.#url = url;
    this.#headers = headers;
  }

  /** Goes to a path of the server, and follows nothing. */
  async go(path: string): Promise<Reply> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const navigation = { accept: 'text/html', 'sec-fetch-mode': 'navigate' };
    const headers = { ...navigation, ...this.#headers, ...(cookie === '' ? {} : { cookie }) };
    const reply = await ask(this.#url, { path, headers });
    for (const line of reply.headers['set-cookie'] ?? []) this.#keep(line);
    return reply;
  }

  #keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/; Max-Age=0(;|$)/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }

  /** To Google's page, of which the address is given back. */
  async begin(next?: string): Promise<URL> {
    const reply = await this.go(next === undefined ? BEGIN : `${BEGIN}?next=${encodeURIComponent(next)}`);
    if (reply.status !== 303) throw new Error(`${BEGIN} answers ${reply.status}: ${reply.text}`);
    return new URL(reply.headers.location ?? '');
  }

  /** All the way there and back. */
  async signIn(next?: string): Promise<Reply> {
    return await this.go(await chooseAccount(await this.begin(next)));
  }

  /** Who is signed in. */
  async session(): Promise<Reply> {
    return await this.go('/api/v1/auth/session');
  }
}

/** Chooses an account on Google's page; gives back the path, with its query, of the server that the browser is sent to. */
export async function chooseAccount(page: URL): Promise<string> {
  const answer = await fetch(page, { redirect: 'manual' });
  await answer.body?.cancel();
  const { pathname, search } = new URL(answer.headers.get('location') ?? '');
  return pathname + search;
}

/** The same way back with another value of one parameter, or without it. */
export function changed(path: string, name: string, value: string | null): string {
  const url = new URL(path, 'http://here.invalid');
  if (value === null) url.searchParams.delete(name);
  else url.searchParams.set(name, value);
  return url.pathname + url.search;
}
