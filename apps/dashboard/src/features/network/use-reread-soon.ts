import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { listsKey } from '../../api/queries.ts';

/** However many states change: that many lists are read at the most. */
const EVERY_MS = 3_000;

/** Has the lists of a network read again soon: an event tells a state, and the list what was found and the uptime. */
export function useRereadSoon(network: string): () => void {
  const queryClient = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      // One that is under way may have been made before; then the next change or the pace of the list brings the rest.
      void queryClient.invalidateQueries({ queryKey: listsKey(network) }, { cancelRefetch: false });
    }, EVERY_MS);
  }, [queryClient, network]);
}
