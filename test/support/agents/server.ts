import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BEHAVIOURS, type HostileKind } from './behaviours.ts';
import { allMetrics, chartData, groupedData, info } from './fake-agent.ts';

/** What the parent may ask of this process. */
export type Command =
  | {
      readonly id: number;
      readonly do: 'listen';
      readonly agents: readonly AgentPlan[];
      readonly ports: 'one' | 'each';
    }
  | { readonly id: number; readonly do: 'fault'; readonly machine: number; readonly fault: Fault | null }
  | { readonly id: number; readonly do: 'count' };

export interface Fault {
  readonly kind: HostileKind;
  /** Which requests it spoils. */
  readonly on: 'everything' | 'data';
}

/** One agent: `machine` is its number in the truth. */
export interface AgentPlan {
  readonly machine: number;
  readonly fault: Fault | null;
}

export type Reply =
  | { readonly id: number; readonly urls: readonly string[] }
  | { readonly id: number; readonly requests: Readonly<Record<string, number>> };

/** They say that they know nothing of the time before; asked for it, they know all the same. */
const STARTED_AT = Math.floor(Date.now() / 1000);

const faults = new Map<number, Fault>();
const requests = new Map<string, number>();

function answer(request: IncomingMessage, response: ServerResponse, machineOfPort: number | null): void {
  const url = new URL(request.url ?? '/', 'http://agent');
  const prefixed = /^\/host\/m(\d+)(\/.*)$/.exec(url.pathname);
  const machine = machineOfPort ?? Number(prefixed?.[1] ?? 0);
  const path = prefixed?.[2] ?? url.pathname;
  const command = path.replace('/api/v1/', '');
  requests.set(command, (requests.get(command) ?? 0) + 1);
  const fault = faults.get(machine);
  const spoilt = fault !== undefined && (fault.on === 'everything' || command === 'data') ? fault.kind : null;
  const json = honestAnswer(command, url.searchParams, machine, spoilt === 'stale values' ? 3600 : 0);
  response.setHeader('server', 'Netdata Embedded HTTP Server v1.37.1');
  if (spoilt !== null && spoilt !== 'stale values') BEHAVIOURS[spoilt](response, request, json);
  else if (json === null) BEHAVIOURS['404 no metrics'](response, request, null);
  else response.end(JSON.stringify(json));
}

function honestAnswer(command: string, query: URLSearchParams, machine: number, staleSeconds: number): unknown {
  const state = { machine, now: Math.floor(Date.now() / 1000), staleSeconds };
  if (command === 'allmetrics') return allMetrics(state);
  if (command === 'info') return info(machine);
  if (command === 'chart') return { id: query.get('chart'), update_every: 1, first_entry: STARTED_AT };
  if (command !== 'data') return null;
  const chart = query.get('chart') ?? '';
  const [after, before, points] = ['after', 'before', 'points'].map(key => Number(query.get(key))) as [
    number,
    number,
    number,
  ];
  if (points === 0) return chartData(state, chart, after, before);
  return groupedData(state, chart, { after, before, points, group: query.get('group') ?? 'average' });
}

function listen(machine: number | null): Promise<number> {
  const server: Server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    answer(request, response, machine);
  });
  // We break connections on purpose, and so do those we provoke.
  server.on('connection', socket => socket.on('error', () => undefined));
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', 1024, () => resolve((server.address() as AddressInfo).port));
  });
}

async function urlsOf(agents: readonly AgentPlan[], ports: 'one' | 'each'): Promise<string[]> {
  for (const { machine, fault } of agents) if (fault !== null) faults.set(machine, fault);
  if (ports === 'one') {
    const port = await listen(null);
    return agents.map(({ machine }) => `http://127.0.0.1:${port}/host/m${machine}`);
  }
  return Promise.all(agents.map(async ({ machine }) => `http://127.0.0.1:${await listen(machine)}`));
}

async function obey(command: Command): Promise<Reply> {
  if (command.do === 'listen') return { id: command.id, urls: await urlsOf(command.agents, command.ports) };
  if (command.do === 'fault') {
    if (command.fault === null) faults.delete(command.machine);
    else faults.set(command.machine, command.fault);
  }
  return { id: command.id, requests: Object.fromEntries(requests) };
}

process.on('message', (command: Command) => void obey(command).then(reply => process.send?.(reply)));
// The parent is gone: nobody needs these agents any more.
process.on('disconnect', () => process.exit(0));
