import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../support/failure.ts';
import { Program } from './program.ts';
import { INTERVAL_SECONDS, type Subject } from './subject.ts';

/** Prometheus as Debian brings it, with its own defaults. It scrapes the agents as Netdata's documentation says. */
export class Prometheus implements Subject {
  readonly name = 'Prometheus';
  readonly rest = 'prometheus';
  readonly #program: Program;

  private constructor(program: Program) {
    this.#program = program;
  }

  /** @param filter the charts to ask for */
  static async start(agents: readonly string[], filter: string): Promise<Prometheus> {
    const program = await Program.start({
      command: 'prometheus',
      install: 'On Debian: apt-get install prometheus',
      args: async ({ directory, port }) => {
        const file = join(directory, 'prometheus.yml');
        await writeFile(file, configuration(agents, filter));
        return [
          `--config.file=${file}`,
          `--storage.tsdb.path=${join(directory, 'data')}`,
          `--web.listen-address=127.0.0.1:${port}`,
          '--log.level=error',
        ];
      },
      isReady: async port => (await fetch(`http://127.0.0.1:${port}/-/ready`)).ok,
    });
    return new Prometheus(program);
  }

  roots(): readonly number[] {
    return [this.#program.pid];
  }

  /** Scrapes whose samples were appended: its own count of them would count those that failed as well. */
  async reads(): Promise<number> {
    const up = await this.#ask('sum(sum_over_time(up{job="agents"}[1d]))');
    return up;
  }

  async valuesPerRead(): Promise<number> {
    return this.#ask('avg(scrape_samples_scraped{job="agents"})');
  }

  async stop(): Promise<void> {
    await this.#program.stop();
  }

  async #ask(expression: string): Promise<number> {
    const url = `http://127.0.0.1:${this.#program.port}/api/v1/query?query=${encodeURIComponent(expression)}`;
    const answer = (await (await fetch(url)).json()) as { data?: { result?: { value?: [number, string] }[] } };
    const value = Number(answer.data?.result?.[0]?.value?.[1] ?? 0);
    if (!Number.isFinite(value)) throw new Failure(`Prometheus answers ${expression} with no number`);
    return value;
  }
}

function configuration(agents: readonly string[], filter: string): string {
  const targets = agents.map(url => `          - '${new URL(url).host}'\n`).join('');
  return `global:
  scrape_interval: ${INTERVAL_SECONDS}s
scrape_configs:
  - job_name: agents
    metrics_path: /api/v1/allmetrics
    params:
      format: [prometheus]
      filter: ['${filter}']
    honor_labels: true
    static_configs:
      - targets:
${targets}`;
}
