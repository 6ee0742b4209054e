import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseAccessLog, startCluster, type Cluster, type LabAgent } from './cluster.ts';
import { run, until } from './host-command.ts';
import { clusterNames } from './names.ts';

const NAME = 'selftest';
const SUBNET = '10.77.1';

/** What a client on a connection of its own is told within `timeoutMs`: the status, or the code of what went wrong. */
function ask({ url }: LabAgent, timeoutMs = 1500): Promise<number | string | undefined> {
  return new Promise(resolve => {
    const request = get(`${url}/api/v1/info`, { agent: false, signal: AbortSignal.timeout(timeoutMs) }, answer => {
      answer.resume();
      resolve(answer.statusCode);
    });
    request.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });
}

async function mustAnswer(agent: LabAgent): Promise<void> {
  const answer = await ask(agent);
  if (answer !== 200) throw new Error(`${agent.name} answers ${answer}`);
}

describe('a lab of two agents', () => {
  let cluster: Cluster;
  let victim: LabAgent;
  let bystander: LabAgent;

  beforeAll(async () => {
    cluster = await startCluster({ name: NAME, subnet: SUBNET, agents: 2 });
    [victim, bystander] = cluster.agents as [LabAgent, LabAgent];
  });
  afterEach(async () => {
    await mustAnswer(bystander);
    await cluster.clear(victim);
    await mustAnswer(victim);
  });
  afterAll(() => cluster.down());

  it('refuses connections to an agent that was killed', async () => {
    await cluster.kill(victim);
    expect(await ask(victim)).toBe('ECONNREFUSED');
  });

  it('refuses connections to an agent that was stopped, and answers after its start', async () => {
    await cluster.stop(victim);
    expect(await ask(victim)).toBe('ECONNREFUSED');
    await cluster.start(victim);
    expect(await ask(victim)).toBe(200);
  });

  it('leaves a request to a frozen agent without an answer until it is thawed', async () => {
    await cluster.freeze(victim);
    expect(await ask(victim)).toBe('ABORT_ERR');
    cluster.thaw(victim);
    expect(await ask(victim)).toBe(200);
  });

  it('has no way to an agent whose cable is cut', async () => {
    await cluster.linkDown(victim);
    expect(['ABORT_ERR', 'EHOSTUNREACH']).toContain(await ask(victim));
    await cluster.linkUp(victim);
    expect(await ask(victim)).toBe(200);
  });

  it('closes the connection without a byte when the gateway is not on the list', async () => {
    await cluster.deny(victim);
    expect(await ask(victim)).toBe('ECONNRESET');
  });

  it('takes the delay twice for a connection and twice for its answer', async () => {
    await cluster.delay(victim, 200);
    const started = performance.now();
    expect(await ask(victim, 5000)).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(790);
  });

  it('lets an agent be far away without its being out of reach', async () => {
    await cluster.delay(victim, 2500);
    expect(await ask(victim, 4000)).toBe('ABORT_ERR');
    expect(await ask(victim, 15_000)).toBe(200);
  });

  it('loses frames both ways, which only the kernel that repeats them sees', async () => {
    await cluster.loss(victim, 99);
    expect(await ask(victim)).toBe('ABORT_ERR');
    await cluster.loss(victim, 30);
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(victim, 10_000)));
    expect(answers.filter(answer => answer === 200).length).toBeGreaterThan(5);
  });

  it('does not give its name to a second lab while it stands', async () => {
    await expect(startCluster({ name: NAME, subnet: SUBNET, agents: 1 })).rejects.toThrow(/another test is using/);
  });

  it('counts the requests that each agent was sent', async () => {
    const before = await cluster.requestsTo(victim, /\/info/);
    await ask(victim);
    await ask(victim);
    const count = async (): Promise<number> => (await cluster.requestsTo(victim, /\/info/)).length;
    await until('both requests to be logged', 2000, async () => ((await count()) >= before.length + 2 ? true : null));
    expect(await count()).toBe(before.length + 2);
  });
});

describe('a lab whose test died', () => {
  const { bridge, directory } = clusterNames('orphan', '10.77.2');

  async function startAndDie(): Promise<void> {
    const script = `import { startCluster } from ${JSON.stringify(join(import.meta.dirname, 'cluster.ts'))};
      await startCluster({ name: 'orphan', subnet: '10.77.2', agents: 1 });
      process.kill(process.pid, 'SIGKILL');`;
    const test = spawn(process.execPath, ['--no-warnings', '--input-type=module-typescript', '-e', script], {
      stdio: 'ignore',
    });
    const [, signal] = (await once(test, 'exit')) as [number | null, string | null];
    expect(signal).toBe('SIGKILL');
  }

  it('is removed from the host by its keeper', async () => {
    await startAndDie();
    await until('the lab to be removed', 10_000, () => (existsSync(directory) ? null : true));
    expect(await run('ip', '-br', 'link')).not.toContain(bridge);
    expect(await run('ip', 'netns')).not.toContain('orphan-n1');
  });
});

it('reads the path of a request out of a line of the access log, and nothing out of other lines', () => {
  const log = `2026-11-20 11:58:42: 1: 9 '[10.77.7.1]:50414' 'CONNECTED'
2026-11-20 11:58:43: 2: 9 '[10.77.7.1]:50416' 'DATA' (sent/all = 23/3 bytes -6%, prep/sent/total = 0.1/0.1/0.1 ms) 200 '/api/v1/allmetrics?filter=system.cpu system.ram'
2026-11-20 11:58:44: 1: 9 '[10.77.7.1]:50414' 'DISCONNECTED'
`;
  expect(parseAccessLog(log)).toEqual(['/api/v1/allmetrics?filter=system.cpu system.ram']);
});
