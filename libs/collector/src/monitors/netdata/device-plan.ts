/** A chart is not wider. */
const MAX_POINTS = 800;
/** Each divides the next day of UTC into whole points. */
const STEPS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400] as const;
/** Up to this an agent is asked for its seconds, which are exact; beyond, it would have to read too many of them. */
const LONGEST_EXACT_STEP = 120;
/** How much of its own step a point of each tier is about, as agents are set up unless somebody changed it. */
const STEPS_OF_TIER = [1, 60, 3600] as const;
const COARSEST_TIER = 2;

/** The longest time of which a history of a device is told: so many days, a point each. */
export const MAX_DEVICE_DAYS = MAX_POINTS;

/** What an agent is asked for: points of one length, aligned to the clock. Epoch seconds as Netdata counts them. */
export interface DevicePlan {
  readonly stepSeconds: number;
  /** The first second, and the last. */
  readonly after: number;
  readonly before: number;
  readonly points: number;
  /** Only its seconds will do; else it may take the averages that it keeps for longer. */
  readonly exact: boolean;
}

/** What a plan depends on. */
export interface DeviceQuestion {
  readonly from: Date;
  readonly to: Date;
  /** Epoch seconds in the agent's clock: what has not happened yet is not asked for, because it would answer for another time. */
  readonly agentNow: number;
  /** Seconds between two points of the chart. */
  readonly chartStep: number;
  /** The coarsest tier of the agent that has to be read for this time, as far as is known; 0: its seconds. */
  readonly tier: number;
}

/** The finest points that make a chart. `null`: not one of them is over yet. */
export function decideDevicePlan({ from, to, agentNow, chartStep, tier }: DeviceQuestion): DevicePlan | null {
  const [start, end] = [from.getTime() / 1000, to.getTime() / 1000];
  const atLeast = chartStep * (STEPS_OF_TIER[tier] ?? STEPS_OF_TIER[COARSEST_TIER]);
  const stepSeconds = stepsOf(chartStep).find(
    step => step >= atLeast && Math.ceil(end / step) - Math.floor(start / step) <= MAX_POINTS,
  );
  if (stepSeconds === undefined) return null;
  // A point can be read a second later, and the agent's clock is told in whole seconds.
  const newest = Math.floor(agentNow) - chartStep - 1;
  const first = Math.floor(start / stepSeconds);
  const last = Math.min(Math.ceil(end / stepSeconds), Math.floor(newest / stepSeconds));
  if (last <= first) return null;
  const exact = tier === 0 && stepSeconds <= LONGEST_EXACT_STEP;
  return { stepSeconds, after: first * stepSeconds + 1, before: last * stepSeconds, points: last - first, exact };
}

/** As {@link STEPS}, each a whole number of the chart's own. */
function stepsOf(chartStep: number): number[] {
  return [...new Set(STEPS.map(step => Math.ceil(step / chartStep) * chartStep))];
}
