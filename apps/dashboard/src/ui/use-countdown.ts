import { useEffect, useState } from 'react';

const TICK_MS = 1_000;

/**
 * Whole seconds until a moment, counted down while there are any.
 *
 * @param until in ms of the Unix epoch; `null`: there is nothing to wait for
 */
export function useCountdown(until: number | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (until === null) return;
    const tick = (): void => setNow(Date.now());
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [until]);
  return until === null ? 0 : Math.max(0, Math.ceil((until - now) / 1000));
}
