import { useCallback, useEffect, useRef, useState } from 'react';

/** A pointer that has rested this long is forgotten, not aimed: a wall display must not keep an old order. */
const REST_MS = 10_000;

/** Whether somebody is pointing at an element, and the handlers that element needs. */
export function usePointerHold(): [
  isHeld: boolean,
  handlers: { onPointerMove: () => void; onPointerLeave: () => void },
] {
  const [isHeld, setIsHeld] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const release = useCallback(() => {
    clearTimeout(timer.current);
    setIsHeld(false);
  }, []);
  const hold = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(release, REST_MS);
    setIsHeld(true);
  }, [release]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return [isHeld, { onPointerMove: hold, onPointerLeave: release }];
}
