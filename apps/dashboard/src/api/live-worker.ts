/// <reference lib="webworker" />
// Runs once for all tabs of a browser that have this page open, and ends with the last of them.
import type { SharedTab } from './live-channel.ts';
import type { ToTab, ToWorker } from './live-port.ts';
import { SharedStreams } from './live-shared.ts';

const SWEEP_MS = 3_000;

const streams = new SharedStreams({ open: url => new EventSource(url), now: Date.now });

(globalThis as unknown as SharedWorkerGlobalScope).onconnect = ({ ports: [port] }) => {
  if (port === undefined) return;
  const say = (message: ToTab): void => port.postMessage(message);
  const tab: SharedTab = {
    event: (type, data) => say({ say: 'event', type, data }),
    ended: () => say({ say: 'ended' }),
  };
  port.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data.say === 'join') streams.join(tab, data);
    else if (data.say === 'here') streams.isHere(tab);
    else {
      streams.leave(tab);
      port.close();
    }
  };
};

setInterval(() => streams.sweep(), SWEEP_MS);
