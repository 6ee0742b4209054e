import type { Window } from '#config';
import type { AgentTarget } from '../../reading/agent-target.ts';
import type { Failure, Parsed } from '../../reading/answer.types.ts';
import type { AgentApi } from './agent-api.ts';
import type { ChosenCharts } from './choose-charts.ts';
import { CHART_ROLES, type ChartRole } from './formulas.ts';
import type { AskedWindow, ChartWindow } from './parse-data.ts';
import type { WindowClock } from './window-limits.ts';

export type ChartWindows = Readonly<Partial<Record<ChartRole, ChartWindow>>>;

/** The seconds of a window as Netdata counts them: a point stamped t covers (t-1, t]. */
export function askedWindowOf(window: Window): AskedWindow {
  const start = Math.floor(window.start.getTime() / 1000);
  return { after: start + 1, before: start + Math.floor(window.lengthMs / 1000) };
}

/** Reads the raw points of charts of one agent in one window, each chart once. */
export class WindowCharts {
  readonly #api: AgentApi;
  readonly #target: AgentTarget;
  readonly #asked: AskedWindow;
  readonly #clock: WindowClock;
  readonly #read = new Map<string, Parsed<ChartWindow>>();

  constructor(api: AgentApi, target: AgentTarget, asked: AskedWindow, clock: WindowClock) {
    this.#api = api;
    this.#target = target;
    this.#asked = asked;
    this.#clock = clock;
  }

  /**
   * The charts of a row. One that the agent does not have (404) is left out; any other failure fails the whole reading,
   * because a row must not lose a metric to a slow moment.
   */
  async ofRow(charts: ChosenCharts): Promise<Parsed<ChartWindows>> {
    const failures: Failure[] = [];
    await this.#readAll(
      CHART_ROLES.flatMap(role => charts[role]?.id ?? []),
      failed => failures.push(failed),
      () => failures.length > 0,
    );
    return failures[0] ?? { ok: true, value: this.#byRole(charts) };
  }

  /**
   * Charts that are asked for beside those of the row, by id; afterwards. What cannot be read at the second try either
   * is left out: it must not cost the row.
   */
  async others(ids: readonly string[]): Promise<ReadonlyMap<string, ChartWindow>> {
    const failed: string[] = [];
    const isOver = (): boolean => this.#clock.isOver;
    await this.#readAll(ids, (_, id) => failed.push(id), isOver);
    await this.#readAll(failed.splice(0), () => undefined, isOver);
    return new Map(ids.flatMap(id => this.#windowsOf(id).map(window => [id, window] as const)));
  }

  /**
   * Asks for the charts that are not read yet, until `stops`. One after the other, on the connection that the probes keep
   * open: a second one would be made for every machine and window, and cost more than the answers.
   */
  async #readAll(
    ids: readonly string[],
    onFailure: (failed: Failure, id: string) => void,
    stops: () => boolean,
  ): Promise<void> {
    const left = [...new Set(ids)].filter(id => this.#windowsOf(id).length === 0);
    for (const id of left) {
      if (stops()) return;
      const got = await this.#api.window(this.#target, id, this.#asked, this.#clock.limits());
      this.#read.set(id, got);
      if (!got.ok && !isAbsent(got)) onFailure(got, id);
    }
  }

  #byRole(charts: ChosenCharts): ChartWindows {
    const windows: Partial<Record<ChartRole, ChartWindow>> = {};
    for (const role of CHART_ROLES) {
      const [window] = this.#windowsOf(charts[role]?.id ?? '');
      if (window !== undefined) windows[role] = window;
    }
    return windows;
  }

  /** One or none. */
  #windowsOf(id: string): ChartWindow[] {
    const got = this.#read.get(id);
    return got?.ok === true ? [got.value] : [];
  }
}

/** Not a 503: an agent that is just starting will have it. */
function isAbsent(got: Failure): boolean {
  return got.status === 404 && got.reason === 'no_data';
}
