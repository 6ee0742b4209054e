import { METRICS } from '../metrics.ts';
import { type RuleEntry, SEVERITIES } from '../network-file.types.ts';
import { Optional, Required } from '../validation/check.ts';
import { labelsProblem, listOfProblem, listProblem, mappingProblem } from '../validation/collection-problems.ts';
import { booleanProblem, durationProblem, integerProblem, numberProblem } from '../validation/number-problems.ts';
import {
  hashProblem,
  hostProblem,
  instantProblem,
  nameProblem,
  oneOfProblem,
  textProblem,
  versionRangeProblem,
} from '../validation/text-problems.ts';
import { httpUrlProblem } from '../validation/url-problems.ts';

// The keys of the file as they are written there; `parse-network-file.ts` makes a NetworkFile of them.

const HOUR_MS = 3_600_000;
const keyText = textProblem(2_000);
const timeoutProblem = durationProblem({ min: 100, max: HOUR_MS });
const count = integerProblem({ min: 1, max: 10_000 });
const metricProblem = oneOfProblem(METRICS.map(metric => metric.name));
const chartProblem = listOfProblem(textProblem(200));

/** Less than the database can hold. */
export const MAX_VERSION = 2_000_000_000;

/** Each chart is one more request for each window. */
const MAX_CHARTS = 50;

function chartsProblem(value: unknown): string | null {
  if (Array.isArray(value) && value.length > MAX_CHARTS) return `has more than ${MAX_CHARTS} charts`;
  return chartProblem(value);
}

export class MachineShape {
  @Optional(nameProblem) id?: string;
  @Required(nameProblem) name!: string;
  @Optional(httpUrlProblem) netdata?: string;
  @Optional(booleanProblem) host?: boolean;
  @Optional(nameProblem) via?: string;
  @Optional(hostProblem) address?: string;
  @Optional(nameProblem) auth?: string;
  @Optional(timeoutProblem) timeout?: string;
  @Optional(chartsProblem) charts?: string[];
  @Optional(labelsProblem) labels?: Record<string, string>;
}

export class MonitorShape {
  /** Every other key belongs to the kind, which alone knows what it may hold. */
  static readonly rest = 'parameters';

  @Required(nameProblem) name!: string;
  @Required(nameProblem) kind!: string;
  /** Probes are planned every 5 s; more often is what the live stream is for. */
  @Optional(durationProblem({ min: 5_000, max: HOUR_MS })) interval?: string;
  @Optional(timeoutProblem) timeout?: string;
  @Optional(listOfProblem(textProblem(300))) on?: string[];
  parameters!: Record<string, unknown>;
}

export class QuorumShape {
  @Optional(count) observers?: number;
  @Optional(count) agree?: number;
  @Optional(count) misses?: number;
}

export class RuleShape {
  @Required(nameProblem) name!: string;
  @Required(metricProblem) metric!: RuleEntry['metric'];
  @Optional(numberProblem) above?: number;
  @Optional(numberProblem) below?: number;
  @Optional(durationProblem({ min: 0, max: 168 * HOUR_MS })) for?: string;
  @Optional(oneOfProblem(SEVERITIES)) severity?: RuleEntry['severity'];
}

export class SignerShape {
  @Required(nameProblem) name!: string;
  @Required(keyText) key!: string;
}

export class NodeShape {
  @Required(nameProblem) node_id!: string;
  @Required(keyText) public_key!: string;
  @Required(httpUrlProblem) url!: string;
  @Optional(labelsProblem) labels?: Record<string, string>;
}

/** network.yml as it is written. */
export class NetworkFileShape {
  static readonly nested = {
    signers: SignerShape,
    nodes: NodeShape,
    machines: MachineShape,
    monitors: MonitorShape,
    quorum: QuorumShape,
    rules: RuleShape,
  };

  @Required(nameProblem) network_id!: string;
  @Required(integerProblem({ min: 1, max: MAX_VERSION })) version!: number;
  @Optional(hashProblem) previous?: string;
  @Optional(instantProblem) issued_at?: string;
  @Optional(instantProblem) expires?: string;
  @Optional(count) threshold?: number;
  @Optional(listProblem) signers?: SignerShape[];
  @Optional(listProblem) nodes?: NodeShape[];
  @Optional(listProblem) machines?: MachineShape[];
  @Optional(listProblem) monitors?: MonitorShape[];
  @Optional(mappingProblem) quorum?: QuorumShape;
  @Optional(listProblem) rules?: RuleShape[];
  @Optional(versionRangeProblem) version_range?: string;
}
