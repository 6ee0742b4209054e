import { movedChart, movedData, movedJson, movedPrometheus, takeApart, type RecordedPoints } from './moved.ts';
import type { RecordedMoment, Recording } from './recording.ts';

const MOMENT_SECONDS = 10;
/** The charts that are asked how far back they go. */
const DESCRIBED = ['system.cpu', 'system.ram'];

/** What the agents have been asked for. */
export type AnswerKind = 'json' | 'prometheus' | 'data' | 'info' | 'chart' | 'unknown';

export interface Answer {
  readonly kind: AnswerKind;
  /** The whole answer, headers included. */
  readonly bytes: Buffer;
}

/** Whole answers by their request, made once a second: every agent answers alike, so most requests cost a look. */
export class Answers {
  readonly #recording: Recording;
  readonly #points = new Map<string, RecordedPoints>();
  /** Bodies of windows: they do not change from one second to the next. */
  readonly #bodies = new Map<string, string>();
  readonly #ready = new Map<string, Answer>();
  #second = 0;
  /** Agents that have just begun have no past, so nobody reads it beside what is measured. */
  readonly #began = Math.floor(Date.now() / 1000);

  constructor(recording: Recording) {
    this.#recording = recording;
    for (const [chart, data] of Object.entries(recording.data)) this.#points.set(chart, takeApart(data));
  }

  /** @param target path and query of the request */
  of(target: string): Answer {
    const second = Math.floor(Date.now() / 1000);
    if (second !== this.#second) this.#begin(second);
    const ready = this.#ready.get(target);
    if (ready !== undefined) return ready;
    const made = this.#make(target);
    this.#ready.set(target, made);
    return made;
  }

  #begin(second: number): void {
    this.#second = second;
    this.#ready.clear();
    if (this.#bodies.size > 1000) this.#bodies.clear();
  }

  #make(target: string): Answer {
    const url = new URL(target, 'http://agent');
    const asked = (name: string): string => url.searchParams.get(name) ?? '';
    const { info, chart, filter } = this.#recording;
    if (url.pathname === '/api/v1/allmetrics' && asked('filter') === filter) {
      if (asked('format') === 'json') return this.#found('json', movedJson(this.#moment(), this.#second));
      if (asked('format') === 'prometheus')
        return this.#found('prometheus', movedPrometheus(this.#moment(), this.#second), 'text/plain; version=0.0.4');
    }
    if (url.pathname === '/api/v1/info') return this.#found('info', info);
    if (url.pathname === '/api/v1/chart' && DESCRIBED.includes(asked('chart')))
      return this.#found('chart', movedChart(chart, asked('chart'), this.#began, this.#second));
    const data = url.pathname === '/api/v1/data' ? this.#data(target, asked) : undefined;
    return data === undefined ? this.#missing() : this.#found('data', data);
  }

  #data(target: string, asked: (name: string) => string): string | undefined {
    const points = this.#points.get(asked('chart'));
    if (points === undefined) return undefined;
    const body = this.#bodies.get(target) ?? movedData(points, Number(asked('after')), Number(asked('before')));
    this.#bodies.set(target, body);
    return body;
  }

  #moment(): RecordedMoment {
    const { moments } = this.#recording;
    return moments[Math.floor(this.#second / MOMENT_SECONDS) % moments.length] as RecordedMoment;
  }

  #found(kind: AnswerKind, body: string, type = 'application/json; charset=utf-8'): Answer {
    return { kind, bytes: this.#render('200 OK', type, body) };
  }

  #missing(): Answer {
    return { kind: 'unknown', bytes: this.#render('404 Not Found', 'text/plain', 'The benchmark has no such answer.') };
  }

  /** Header for header as Netdata 1.37.1 answers a client that keeps its connection. */
  #render(status: string, type: string, body: string): Buffer {
    const date = new Date(this.#second * 1000).toUTCString();
    const head = [
      `HTTP/1.1 ${status}`,
      'Connection: keep-alive',
      `Server: ${this.#recording.server}`,
      'Access-Control-Allow-Origin: *',
      'Access-Control-Allow-Credentials: true',
      `Content-Type: ${type}`,
      `Date: ${date}`,
      'Cache-Control: no-cache, no-store, must-revalidate',
      'Pragma: no-cache',
      `Expires: ${new Date((this.#second + 1) * 1000).toUTCString()}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
}
