import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useContext, useMemo } from 'react';
import type { MachineWish } from '../../api/history-client.ts';
import { machineHistoryQuery } from '../../api/history-queries.ts';
import { ClockContext } from '../../ui/clock-context.ts';
import { parsePast, type Past } from './past.ts';

/** How the values of a chart are: on their way, old ones meanwhile, or not to be had. */
export interface ChartState {
  readonly isLoading: boolean;
  /** What is shown is of another range; the one that is wished for is being read. */
  readonly isStale: boolean;
  /** Why there is nothing (new) to show. */
  readonly error: Error | null;
  readonly onRetry: () => void;
}

export interface PastState extends ChartState {
  readonly past: Past | null;
}

/** The past of one machine, for all charts of a page. `metrics` should be the same array each time. */
export function usePast({ enabled = true, ...wish }: MachineWish & { readonly enabled?: boolean }): PastState {
  const clock = useContext(ClockContext);
  const { data, isPending, isPlaceholderData, error, refetch } = useQuery({
    ...machineHistoryQuery(wish),
    enabled,
    placeholderData: keepPreviousData,
  });
  // What was shown of another machine says nothing about this one.
  const answer = data?.machine === wish.machine && data.network === wish.network ? data : undefined;
  const past = useMemo(() => (answer === undefined ? null : parsePast(answer, clock.now())), [answer, clock]);
  return {
    past,
    isLoading: enabled && past === null && error === null && (isPending || isPlaceholderData),
    isStale: isPlaceholderData,
    error,
    onRetry: () => void refetch(),
  };
}
