import { dirname } from 'node:path';
import { ConfigurationError, type Problem } from '../problem.ts';
import type { Access, AuthEntry, SecretSource } from '../settings.types.ts';
import { printable } from '../validation/show.ts';
import { isBearerToken } from './is-bearer-token.ts';
import { belongTogether, certificatesProblem, keyProblem } from './pem-problems.ts';

/** Reads a file as text. Rejects when it cannot. */
export type ReadText = (path: string) => Promise<string>;

/**
 * Reads the secrets that nodeconf.yml names. What they say is checked as far as it can be without the other side.
 *
 * @param file how problems name nodeconf.yml
 * @throws ConfigurationError with every file that cannot be read or is not what it should be; none of what is in them
 */
export async function readAccess(entries: readonly AuthEntry[], file: string, readText: ReadText): Promise<Access[]> {
  const readers = entries.map((entry, index) => new EntryReader(entry, { file, index, readText }));
  const access = await Promise.all(readers.map(reader => reader.read()));
  const problems = readers.flatMap(reader => reader.problems);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return access;
}

/** Reads the parts of one entry and notes what is wrong with them. */
class EntryReader {
  readonly problems: Problem[] = [];
  private readonly entry: AuthEntry;
  private readonly place: { readonly file: string; readonly index: number; readonly readText: ReadText };

  constructor(entry: AuthEntry, place: EntryReader['place']) {
    this.entry = entry;
    this.place = place;
  }

  async read(): Promise<Access> {
    const { name, certificateFile, keyFile, caFile } = this.entry;
    const authorization = await this.authorization();
    const certificate = await this.pem(certificateFile, 'certificate_file', certificatesProblem);
    const key = await this.pem(keyFile, 'key_file', keyProblem);
    const ca = await this.pem(caFile, 'ca_file', certificatesProblem);
    if (certificate !== null && key !== null && !belongTogether(certificate, key))
      this.note('key_file', 'is not the key of the first certificate in certificate_file');
    return { name, authorization, certificate, key, ca };
  }

  /** RFC 7617 section 2.1 (UTF-8) and RFC 6750 section 2.1. */
  private async authorization(): Promise<string | null> {
    const { basic, bearer } = this.entry;
    if (basic !== null) {
      const password = await this.secret(basic.password, 'basic.password_file');
      return `Basic ${Buffer.from(`${basic.username}:${password}`, 'utf8').toString('base64')}`;
    }
    if (bearer === null) return null;
    const token = await this.secret(bearer, 'bearer.token_file');
    if (token !== '' && !isBearerToken(token))
      this.note('bearer.token_file', 'holds no bearer token: it has a space, or other than plain characters');
    return `Bearer ${token}`;
  }

  /** The first line; empty when there is none, which has been told by then. */
  private async secret(source: SecretSource, key: string): Promise<string> {
    if ('text' in source) return source.text;
    const text = await this.text(source.file, key, 'the file');
    const [line = ''] = (text ?? '').split(/\r?\n/, 1);
    if (text !== null && line === '') this.note(key, 'the first line of the file is empty');
    return line;
  }

  /** `null`: there is none, or it is wrong and told. */
  private async pem(
    path: string | null,
    key: string,
    problemOf: (text: string) => string | null,
  ): Promise<string | null> {
    const text = path === null ? null : await this.text(path, key, printable(path));
    if (path === null || text === null) return null;
    const problem = text.trim() === '' ? 'is empty' : problemOf(text);
    if (problem !== null) this.note(key, `${printable(path)} ${problem}`);
    return problem === null ? text : null;
  }

  /** @param named how to name the file: what stands in the place of a path to a secret may be the secret */
  private async text(path: string, key: string, named: string): Promise<string | null> {
    try {
      const text = await this.place.readText(path);
      return text.replace(/^\uFEFF/, '');
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'it cannot be opened';
      this.note(key, `${named} cannot be read (${code}); a relative path begins at ${dirname(this.place.file)}`);
      return null;
    }
  }

  private note(key: string, message: string): void {
    const { file, index } = this.place;
    this.problems.push({ source: file, line: null, path: `auth[${index}].${key}`, message });
  }
}
