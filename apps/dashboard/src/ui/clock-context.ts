import { createContext, useContext, useSyncExternalStore } from 'react';
import { ServerClock } from '../api/server-clock.ts';

export const ClockContext = createContext(new ServerClock());

/**
 * Something that follows from the time. The component is drawn again only when the result changes, so `read` gives a
 * text or a boolean, not an object.
 */
export function useClockValue<T extends string | boolean>(read: (now: number) => T): T {
  const clock = useContext(ClockContext);
  return useSyncExternalStore(clock.subscribe, () => read(clock.now()));
}
