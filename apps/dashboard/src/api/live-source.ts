import { PortSource } from './live-port-source.ts';
import type { EventSourceLike } from './live-stream.ts';

/** Set when the worker could not be started: then each tab has a connection of its own. */
let isBroken = false;

/**
 * How the streams of an account are opened: through the one worker that all tabs share, or where a browser has no such
 * thing (Chrome on Android), each by itself.
 */
export function liveSourceOf(account: number): (url: string) => EventSourceLike {
  return url => (isBroken || typeof SharedWorker === 'undefined' ? new EventSource(url) : shared(account, url));
}

function shared(account: number, url: string): EventSourceLike {
  const worker = new SharedWorker(new URL('./live-worker.ts', import.meta.url), { type: 'module', name: 'distomon' });
  const source = new PortSource(worker.port, { account, url });
  worker.addEventListener('error', () => {
    isBroken = true;
    source.end();
  });
  return source;
}
