import { createServer, type Server, type ServerResponse } from 'node:http';

/** What a server of the XRP Ledger says of itself, as `server_info` answers it over JSON-RPC. */
export function serverInfo(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    build_version: '2.6.1',
    complete_ledgers: '98201744-98203019',
    hostid: 'RUSK',
    initial_sync_duration_us: '214007911',
    io_latency_ms: 1,
    jq_trans_overflow: '0',
    last_close: { converge_time_s: 3.002, proposers: 35 },
    load_factor: 1,
    network_id: 0,
    peer_disconnects: '411',
    peer_disconnects_resources: '3',
    peers: 21,
    ports: [
      { port: '5005', protocol: ['http'] },
      { port: '51235', protocol: ['peer'] },
    ],
    pubkey_node: 'n94xYUj2oTbmSUjBzHnvuVwsG5NpFrjUuyrSz3pTJrqQqVjxXq8H',
    server_state: 'proposing',
    server_state_duration_us: '5083021771',
    state_accounting: {
      connected: { duration_us: '203000112', transitions: '1' },
      disconnected: { duration_us: '1109377', transitions: '1' },
      full: { duration_us: '5083021771', transitions: '1' },
      syncing: { duration_us: '9892444', transitions: '1' },
      tracking: { duration_us: '22', transitions: '1' },
    },
    time: '2026-Nov-20 14:54:11.204113 UTC',
    uptime: 5297,
    validated_ledger: {
      age: 3,
      base_fee_xrp: 0.00001,
      hash: '3F6E0A5B3C1D7E9F8A2B4C6D8E0F1A3B5C7D9E1F2A4B6C8D0E2F4A6B8C0D2E4F',
      reserve_base_xrp: 1,
      reserve_inc_xrp: 0.2,
      seq: 98203019,
    },
    validation_quorum: 28,
    ...more,
  };
}

/** An answer as its text, whole with its status. */
export interface RpcAnswer {
  readonly status: number;
  readonly text: string;
}

export const success = (info: object): RpcAnswer => ({
  status: 200,
  text: JSON.stringify({ result: { info, status: 'success' } }),
});

/** As https://xrpl.org/docs/references/http-websocket-apis/api-conventions/error-formatting has them. */
export const failure = (error: string, more: object = {}): RpcAnswer => ({
  status: 200,
  text: JSON.stringify({ result: { error, request: { command: 'server_info' }, status: 'error', ...more } }),
});

/** A server that answers `server_info` with what it is told. */
export class FakeRippled {
  /** The answer to the next requests; `null`: none, ever. */
  answer: RpcAnswer | null = success(serverInfo());
  /** What the last request carried. */
  authorization: string | undefined;
  url = '';
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      this.authorization = request.headers.authorization;
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => (body += part));
      request.on('end', () => this.respond(request.method, body, response));
    });
  }

  static async start(): Promise<FakeRippled> {
    const fake = new FakeRippled();
    await new Promise<void>(resolve => fake.server.listen(0, '127.0.0.1', resolve));
    const address = fake.server.address();
    if (typeof address === 'object' && address !== null) fake.url = `http://127.0.0.1:${address.port}`;
    return fake;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private respond(method: string | undefined, body: string, response: ServerResponse): void {
    if (this.answer === null) return;
    const isAsked = method === 'POST' && body === '{"method":"server_info","params":[{}]}';
    const { status, text } = isAsked ? this.answer : { status: 400, text: 'Unable to parse request: ' };
    response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' }).end(text);
  }
}
