import type { Reason } from '#config';
import { adviceOn } from '../../agent-advice.ts';
import type { AgentTestResult, AgentToTest } from '../../agent-test.types.ts';
import { AgentReader } from '../../reading/agent-reader.ts';
import type { MonitorDeps, ReadLimits } from '../monitor.ts';
import { AgentApi } from './agent-api.ts';
import { AgentTargets } from './agent-targets.ts';
import { clockOffsetMs } from './clock-offset.ts';
import { NOTHING_REMEMBERED } from './decide-learning.ts';
import { NO_CHARTS } from './extra-charts.ts';
import { latestValues } from './latest-values.ts';

/**
 * One look at an agent that is not watched yet: the request of a probe, with its guards, on a connection of its own, so that the
 * reason is that of a first contact; then what it says about itself. Nothing of it is stored. Never throws for what is out there.
 */
export async function examineAgent(
  { clock, accessOf }: Pick<MonitorDeps, 'clock' | 'accessOf'>,
  { netdata, auth }: Pick<AgentToTest, 'netdata' | 'auth'>,
  limits: ReadLimits,
): Promise<AgentTestResult> {
  const target = new AgentTargets(accessOf).of({ netdata, auth });
  if (!target.ok) return failed(target);
  const reader = new AgentReader(clock);
  try {
    const api = new AgentApi(reader);
    const startedAt = performance.now();
    const latest = await api.latest(target.value, NO_CHARTS, limits);
    const latencyMs = performance.now() - startedAt;
    if (!latest.ok) return failed(latest);
    const seen = { latencyMs, clockOffsetMs: clockOffsetMs(latest.value.answer) };
    const info = await api.info(target.value, limits);
    const agent = info.ok ? agentOf(info.value) : null;
    const values = latestValues(latest.value, NOTHING_REMEMBERED);
    return values.ok ? { ...REACHABLE, ...seen, agent } : { ...failed(values), ...seen, agent };
  } finally {
    reader.close();
  }
}

const REACHABLE = { reason: null, detail: null, advice: null };

function failed({ reason, detail }: { readonly reason: Reason; readonly detail: string }): AgentTestResult {
  return { reason, detail, advice: adviceOn(reason), latencyMs: null, clockOffsetMs: null, agent: null };
}

function agentOf({ version, os, cores, memoryBytes }: NonNullable<AgentTestResult['agent']>): AgentTestResult['agent'] {
  return { version, os, cores, memoryBytes };
}
