import type { Readable } from 'node:stream';

/** 10 MiB/s: far more than a plugin has to say, and little work to take in. */
const CHARACTERS_PER_PERIOD = 1024 * 1024;
const PERIOD_MS = 100;

/** Reads a stream as text, at most so fast: a process that writes without end has to wait for us and not we for it. */
export function readThrottled(stream: Readable, onText: (text: string) => void): void {
  let [begunAt, taken] = [performance.now(), 0];
  stream.setEncoding('utf8');
  stream.on('error', () => undefined); // its end is told by the process
  stream.on('data', (text: string) => {
    const now = performance.now();
    if (now - begunAt >= PERIOD_MS) [begunAt, taken] = [now, 0];
    taken += text.length;
    if (taken >= CHARACTERS_PER_PERIOD) {
      stream.pause();
      setTimeout(() => stream.resume(), PERIOD_MS);
    }
    onText(text);
  });
}
