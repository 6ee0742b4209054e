import type { DeviceHistory, DeviceName } from '../../devices.types.ts';
import type { AgentTarget } from '../../reading/agent-target.ts';
import { failure, type Failure, type Parsed } from '../../reading/answer.types.ts';
import type { SecondsRange } from '../monitor.ts';
import { momentOf, type AgentApi, type ChartFacts } from './agent-api.ts';
import { chartOfDevice } from './device-charts.ts';
import { measuresOf } from './device-measures.ts';
import { decideDevicePlan, type DevicePlan } from './device-plan.ts';
import type { DevicePoints } from './parse-device-points.ts';
import type { WindowClock } from './window-limits.ts';

/** Of which agent, and until when. */
interface AskedAgent {
  readonly api: AgentApi;
  readonly target: AgentTarget;
  readonly clock: WindowClock;
}

/** A chart of a device, and the time that is asked for. */
interface AskedChart extends AskedAgent {
  readonly id: string;
  readonly facts: ChartFacts;
  readonly range: SecondsRange;
  readonly agentNow: number;
}

interface Answered {
  readonly plan: DevicePlan;
  readonly points: DevicePoints;
}

/** What a device's history came to; `since` is known as soon as the agent has told it. */
export type DeviceRead =
  | (Failure & { readonly since: number | null })
  | { readonly ok: true; readonly value: DeviceHistory };

/** One device over time, out of the agent's own memory: one request after the other, five at most as a rule. */
export async function readDevice(agent: AskedAgent, device: DeviceName, range: SecondsRange): Promise<DeviceRead> {
  const { api, target, clock } = agent;
  const shown = await api.devices(target, clock.limits());
  if (!shown.ok) return { ...shown, since: null };
  const chart = chartOfDevice(shown.value.charts, device);
  if (chart === undefined)
    return { ...failure('no_data', `The agent shows no ${device.kind} "${device.name}".`), since: null };
  const facts = await api.chartFacts(target, clock.limits(), chart.id);
  if (!facts.ok) return { ...facts, since: null };
  const since = facts.value.firstSecond - facts.value.step;
  // A longer time would be told in longer points, most of them of nothing.
  const from = new Date(Math.max(range.from.getTime(), since * 1000));
  if (from >= range.to) return { ...failure('no_data', 'The agent remembers nothing of this time.'), since };
  const asked = {
    ...agent,
    id: chart.id,
    facts: facts.value,
    range: { from, to: range.to },
    agentNow: momentOf(shown.value),
  };
  const answered = await readAverages(asked);
  if (!answered.ok) return { ...answered, since };
  const { plan, points } = answered.value;
  const [min, max] = await readExtremes(asked, answered.value);
  const measures = measuresOf(device.kind, { average: points, min, max });
  return { ok: true, value: { from: plan.after - 1, stepSeconds: plan.stepSeconds, measures, since } };
}

/** The averages, as fine as the agent still has them: what it has only coarser is asked for again, coarser. */
async function readAverages(asked: AskedChart, tier = 0): Promise<Parsed<Answered>> {
  const { api, target, clock, id, facts, range, agentNow } = asked;
  const plan = decideDevicePlan({ ...range, agentNow, chartStep: facts.step, tier });
  if (plan === null) return failure('no_data', 'No point of this time is over yet.');
  const got = await api.points(target, id, { ...plan, group: 'average' }, clock.limits());
  const isGone = !got.ok && got.status === 404 && plan.exact;
  if (!got.ok && !isGone) return got;
  const found = got.ok ? got.value.tier : tier + 1;
  const isTooFine = got.ok ? isFinerThan(plan, found, asked) : tier === 0;
  if (isTooFine && found > tier) return readAverages(asked, found);
  return got.ok ? { ok: true, value: { plan, points: got.value } } : got;
}

/** Whether the agent would have had to make up points between those that it has. */
function isFinerThan(plan: DevicePlan, tier: number, { range, agentNow, facts }: AskedChart): boolean {
  const coarser = decideDevicePlan({ ...range, agentNow, chartStep: facts.step, tier });
  return coarser === null || coarser.stepSeconds > plan.stepSeconds;
}

/** Least and greatest of each point; of points that are the agent's own there is only one value. */
async function readExtremes(
  { api, target, clock, id, facts }: AskedChart,
  { plan, points }: Answered,
): Promise<[DevicePoints | null, DevicePoints | null]> {
  if (plan.stepSeconds === facts.step) return [points, points];
  const read = async (group: 'min' | 'max'): Promise<DevicePoints | null> => {
    const got = await api.points(target, id, { ...plan, group }, clock.limits());
    return got.ok ? got.value : null;
  };
  return [await read('min'), await read('max')];
}
