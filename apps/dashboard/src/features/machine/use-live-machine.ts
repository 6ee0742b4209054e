import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { Machine } from '../../api/client.ts';
import type { StreamStatus } from '../../api/live-stream.ts';
import { streamsAll } from '../../api/live-url.ts';
import type { MachineName } from '../../api/machine-client.ts';
import { machineQuery } from '../../api/machine-queries.ts';
import { networksQuery } from '../../api/queries.ts';
import { useIsVisible } from '../../ui/use-media.ts';
import { LiveBuffer } from '../charts/live-buffer.ts';
import type { LiveBatch } from '../list/live-batcher.ts';
import { useRow } from '../list/use-row.ts';
import type { MachineRow } from '../machines/machine-row.ts';
import { machineRowOf } from '../machines/machine-row.ts';
import { applyBatch, createStores } from '../network/network-stores.ts';
import { useNetworkStream } from '../network/use-network-stream.ts';
import { isRefusal } from './is-refusal.ts';
import { LIVE_METRICS, LIVE_SECONDS } from './live-seconds.ts';

/** What is known of one machine, kept true. */
export interface LiveMachine {
  /** As it was read last; `undefined`: not yet. */
  readonly machine: Machine | undefined;
  /** The same with what has been told since. */
  readonly row: MachineRow | undefined;
  /** Its last minutes, second by second. */
  readonly buffer: LiveBuffer;
  readonly status: StreamStatus;
  /** When it could not be read, nor heard of. */
  readonly error: Error | null;
  /** When anything was last heard, in this browser's clock. */
  readonly heardAt: () => number;
  readonly onRetry: () => void;
}

/**
 * Reads a machine, then follows the stream of its network, which is the one that Home follows. A hidden tab holds no
 * connection, but goes on reading: its title tells the state.
 */
export function useLiveMachine(name: MachineName): LiveMachine {
  const { network } = name;
  const isVisible = useIsVisible();
  const [status, setStatus] = useState<StreamStatus>('connecting');
  const [stores] = useState(createStores);
  const [buffer] = useState(() => new LiveBuffer(LIVE_METRICS, LIVE_SECONDS));
  const { data, error, refetch } = useQuery(machineQuery(name, { isStreaming: status === 'live', isVisible }));
  const { data: networks } = useQuery(networksQuery);
  useEffect(() => {
    if (data !== undefined) stores.machines.replaceAll([machineRowOf(data.machine)], data.requestedAt);
  }, [data, stores]);

  const apply = useApply(name.machine, stores, buffer);
  const total = networks?.find(one => one.network === network)?.machines.total;
  // Of who is gone nobody tells; to ask for them by name would end the stream of other tabs, too.
  const isThere = data !== undefined && !(error !== null && isRefusal(error));
  const isOpen = isVisible && isThere && total !== undefined;
  const watch = useNetworkStream({ network, total: total ?? 0, isOpen, apply, setStatus });
  const isWatched = total !== undefined && !streamsAll(total);
  useEffect(() => {
    if (isWatched) watch([name.machine]);
  }, [isWatched, watch, name.machine]);

  const row = useRow(stores.machines, name.machine);
  const heardAt = useCallback(() => stores.machines.heardAt(), [stores]);
  return { machine: data?.machine, row, buffer, status, error, heardAt, onRetry: () => void refetch() };
}

function useApply(machine: string, stores: ReturnType<typeof createStores>, buffer: LiveBuffer) {
  return useCallback(
    (batch: LiveBatch) => {
      applyBatch(stores, batch);
      const values = batch.values?.machines[machine];
      if (batch.values !== null && values !== undefined) buffer.append(Date.parse(batch.values.at), values);
    },
    [machine, stores, buffer],
  );
}
