import { useEffect } from 'react';
import { readMachineHistory } from '../../api/history-client.ts';
import type { MachineName } from '../../api/machine-client.ts';
import type { LiveBuffer } from '../charts/live-buffer.ts';
import { parsePast } from '../charts/past.ts';
import { LIVE_METRICS, LIVE_SECONDS, mergeSeconds, secondsIn, secondsOf } from './live-seconds.ts';

/** An agent has its newest seconds a little later than they are over: the seam to the stream is closed by asking again. */
const SEAM_MS = 8_000;

/**
 * Fills what the live charts have not seen from the agent's own memory, each time the stream begins.
 *
 * @param isWished false: whoever looks may not see the past, or there is no stream
 */
export function useRememberedSeconds({ network, machine }: MachineName, buffer: LiveBuffer, isWished: boolean): void {
  useEffect(() => {
    if (!isWished) return;
    const abort = new AbortController();
    const fillIn = (): void => void remember({ network, machine }, buffer, abort.signal);
    fillIn();
    const again = setTimeout(fillIn, SEAM_MS);
    return () => {
      clearTimeout(again);
      abort.abort();
    };
  }, [network, machine, buffer, isWished]);
}

async function remember(name: MachineName, buffer: LiveBuffer, signal: AbortSignal): Promise<void> {
  try {
    const wish = { ...name, words: { from: `-${LIVE_SECONDS}s` }, metrics: LIVE_METRICS };
    const read = secondsOf(parsePast(await readMachineHistory(wish, signal)));
    buffer.replaceAll(mergeSeconds(secondsIn(buffer), read));
  } catch {
    // An agent that does not answer has no memory to give; the charts begin now.
  }
}
