import { AppError } from '#config';
import type { AgentTest, Handlers, JobResults } from '#jobs';
import { adviceOn } from './agent-advice.ts';
import type { AgentTestResult, AgentToTest } from './agent-test.types.ts';
import type { CollectorParts } from './collector-parts.ts';
import { examineAgent } from './monitors/netdata/examine-agent.ts';
import type { MonitorDeps } from './monitors/monitor.ts';

/** Each of its two requests; somebody looks at a button that waits. */
const TIMEOUT_MS = 4_000;
/** Both requests, and the way to another process and back. */
const ANSWER_MS = 10_000;
/** A form tests one agent, a list of new machines a few at a time; more would make distomon a tool to scan networks with. */
const MAX_AT_ONCE = 10;

/** What the tester needs of the world. */
export interface AgentTesterParts
  extends Pick<CollectorParts, 'publisher' | 'log' | 'worker'>, Pick<MonitorDeps, 'clock' | 'accessOf'> {
  /** The label of this process: what names another by `via` is asked of that one. */
  readonly label: string;
}

/** Looks once at agents that are not watched yet, here or by the process that would watch them. */
export class AgentTester {
  private readonly parts: AgentTesterParts;
  private underWay = 0;
  private asked = 0;

  constructor(parts: AgentTesterParts) {
    this.parts = parts;
  }

  /** The handlers of this class's jobs. */
  handlers(): Handlers<'agent.test'> {
    return { 'agent.test': (payload, { signal }) => this.answer(payload, signal) };
  }

  /**
   * @param signal aborted when nobody waits any more
   * @throws AppError `TOO_BUSY` (retryable): too many are tested at the moment
   */
  async test(agent: AgentToTest, signal: AbortSignal): Promise<AgentTestResult> {
    if (this.underWay >= MAX_AT_ONCE)
      throw new AppError('TOO_BUSY', 'Too many agents are being tested; try again in a moment.', { retryable: true });
    this.underWay += 1;
    try {
      return agent.via === null || agent.via === this.parts.label
        ? await examineAgent(this.parts, agent, { timeoutMs: TIMEOUT_MS, signal })
        : await this.ask(agent.via, agent);
    } finally {
      this.underWay -= 1;
    }
  }

  private async answer({ netdata, auth }: AgentTest, signal: AbortSignal): Promise<JobResults['agent.test']> {
    return { result: await this.test({ netdata, auth: auth === '' ? null : auth, via: null }, signal) };
  }

  private async ask(via: string, { netdata, auth }: AgentToTest): Promise<AgentTestResult> {
    const id = `agent.test-${this.parts.worker}-${(this.asked += 1)}`;
    try {
      const job = { name: 'agent.test', id, payload: { netdata, auth: auth ?? '' }, via } as const;
      return (await this.parts.publisher.ask(job, ANSWER_MS)).result as AgentTestResult;
    } catch (error) {
      this.parts.log.debug({ error, via }, 'the process that would watch this agent did not answer');
      const detail = `The process "${via}" did not answer. Does one with this PROCESS_LABEL run?`;
      const nothing = { latencyMs: null, clockOffsetMs: null, agent: null };
      return { reason: 'unobserved', detail, advice: adviceOn('unobserved'), ...nothing };
    }
  }
}
