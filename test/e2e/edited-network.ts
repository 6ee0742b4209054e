import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ServerProcess } from '../support/server-process.ts';
import { createDatabase, waitFor, type DisposableDatabase } from '../support/services.ts';
import { ask, type Reply } from './ask.ts';
import { query } from './callers.ts';
import { People } from './people.ts';

/** What the file says at first, whatever its version is then. */
export const START = `# mine
network_id: acme
version: 1 # one
machines:
  # the web
  - name: web-1
    netdata: "http://127.0.0.1:9"   # discard
    labels: { tier: web }
  # the rest
  - { name: db-1, netdata: "http://127.0.0.1:9/a" }

monitors:
  - { name: shop, kind: tcp, host: 127.0.0.1, port: 9, interval: 1h }
`;

interface AcceptedFile {
  readonly text: string;
  readonly version: number;
  readonly etag: string;
  readonly troubles: readonly unknown[];
  readonly machines: readonly unknown[];
}

/** A server with one network whose file is edited from all sides. */
export class EditedNetwork {
  readonly server: ServerProcess;
  readonly database: DisposableDatabase;
  people: People;

  private constructor(server: ServerProcess, database: DisposableDatabase, people: People) {
    this.server = server;
    this.database = database;
    this.people = people;
  }

  static async on(url: string): Promise<EditedNetwork> {
    const database = await createDatabase(url);
    const server = await ServerProcess.create({ DATABASE_URL: database.url, RATE_LIMIT: '0' });
    await server.network(START);
    await server.start();
    return new EditedNetwork(server, database, await People.of(server.url));
  }

  async dispose(): Promise<void> {
    await this.server.dispose();
    await this.database.drop();
  }

  does(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    const cookie = this.people.admin.cookie;
    return ask(this.server.url, {
      method,
      path: `/api/v1/networks/acme/${path}`,
      headers: { cookie, ...headers },
      body,
    });
  }

  /** Replaces the whole text, whatever it was. */
  put(text: string): Promise<Reply> {
    return this.does('PUT', 'file', { text }, { 'if-match': '*' });
  }

  /** Adds a machine that nobody reaches. */
  add(...names: readonly string[]): Promise<Reply> {
    return this.does('POST', 'machines', { machines: names.map(name => ({ name, netdata: 'http://127.0.0.1:9' })) });
  }

  onDisk(): Promise<string> {
    return readFile(this.path, 'utf8');
  }

  write(text: string): Promise<void> {
    return writeFile(this.path, text);
  }

  async accepted(): Promise<AcceptedFile> {
    const { body, headers } = await this.does('GET', 'file');
    return { ...(body as unknown as Omit<AcceptedFile, 'etag'>), etag: headers.etag ?? '' };
  }

  async names(): Promise<string[]> {
    const { body } = await this.does('GET', 'machines');
    return (body['items'] as { name: string }[]).map(({ name }) => name);
  }

  /** The id by which everything stored of a machine is kept. */
  async idOf(name: string): Promise<unknown> {
    const sql = "select machine_id from machine where network = 'acme' and name = $1 and removed_at is null";
    return (await query(this.database.url, sql, [name]))[0]?.['machine_id'];
  }

  /** Back to {@link START}, in the database and on disk. */
  async reset(): Promise<void> {
    const { status, text } = await this.put(START);
    if (status !== 200) throw new Error(`the file is not put back: ${text}`);
    await waitFor(async () => (await this.onDisk()) === (await this.accepted()).text);
    await this.untilInOrder();
  }

  /** Waits until no file on disk is in trouble. */
  async untilInOrder(): Promise<void> {
    await waitFor(async () => (await this.accepted()).troubles.length === 0);
  }

  async restarted(start: () => Promise<void>): Promise<void> {
    await start();
    this.people = await People.of(this.server.url);
  }

  private get path(): string {
    return join(this.server.home, 'config/networks/acme/network.yml');
  }
}
