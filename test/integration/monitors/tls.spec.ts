import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { expect, test } from 'vitest';
import { Clock } from '#config';
import { AgentReader } from '../../../libs/collector/src/reading/agent-reader.ts';
import { agentTarget } from '../../../libs/collector/src/reading/agent-target.ts';
import { NO_CREDENTIALS } from '../../../libs/collector/src/reading/credentials.ts';
import { never } from './machine.ts';

// Valid from 2020 to 2120. The second one is for clients only and holds its key, too.
const read = (name: string): string => readFileSync(new URL(`./fixtures/${name}.pem`, import.meta.url), 'utf8');

test('an agent whose certificate is trusted and not made for a server has a fault of TLS', async () => {
  setDefaultCACertificates([...getCACertificates(), read('ca')]);
  const agent = createServer({ key: read('client-only'), cert: read('client-only') }, socket => socket.destroy());
  agent.on('tlsClientError', () => {});
  await once(agent.listen(0, '127.0.0.1'), 'listening');
  const reader = new AgentReader(new Clock());
  const url = new URL(`https://127.0.0.1:${(agent.address() as AddressInfo).port}/`);
  const answer = await reader.read(agentTarget(url, NO_CREDENTIALS), '/', { timeoutMs: 3000, signal: never });
  reader.close();
  agent.close();
  expect(answer).toMatchObject({ ok: false, reason: 'tls', detail: expect.stringContaining('certificate purpose') });
});
