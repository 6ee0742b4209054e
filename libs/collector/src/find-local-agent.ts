import type { Clock } from '#config';
import { AgentReader } from './reading/agent-reader.ts';
import { agentTarget } from './reading/agent-target.ts';
import { NO_CREDENTIALS } from './reading/credentials.ts';

const LOCAL_AGENT = 'http://127.0.0.1:19999';
const TIMEOUT_MS = 1_000;

/** The URL of this machine's own Netdata agent, if one answers where Netdata listens by default; else `null`. */
export async function findLocalAgent(clock: Clock): Promise<string | null> {
  const reader = new AgentReader(clock);
  const { signal } = new AbortController();
  const answer = await reader.read(agentTarget(new URL(LOCAL_AGENT), NO_CREDENTIALS), '/api/v1/info', {
    timeoutMs: TIMEOUT_MS,
    signal,
  });
  reader.close();
  const { json } = answer.ok ? answer : { json: null };
  return typeof json === 'object' && json !== null && 'version' in json ? LOCAL_AGENT : null;
}
