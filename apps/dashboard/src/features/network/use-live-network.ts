import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { StreamStatus } from '../../api/live-stream.ts';
import { machinesQuery, servicesQuery } from '../../api/queries.ts';
import { useIsVisible } from '../../ui/use-media.ts';
import type { LiveBatch } from '../list/live-batcher.ts';
import { machineRowOf } from '../machines/machine-row.ts';
import { serviceRowOf } from '../services/service-row.ts';
import { applyBatch, type NetworkStores } from './network-stores.ts';
import { useNetworkStream } from './use-network-stream.ts';
import type { View } from './use-view.ts';

/**
 * Keeps the stores true: the lists first, then the stream, and the lists again after every (re)connect, so that nothing
 * is missed in between. A hidden tab holds no connection; browsers allow six per server, and a seventh tab would hang.
 */
export function useLiveNetwork(network: string, stores: NetworkStores, view: View) {
  const isVisible = useIsVisible();
  const [status, setStatus] = useState<StreamStatus>('connecting');
  const isLive = status === 'live';
  const machines = useQuery({ ...machinesQuery(network, isLive), enabled: isVisible });
  const services = useQuery({ ...servicesQuery(network, isLive, view === 'services'), enabled: isVisible });

  useEffect(() => {
    if (machines.data === undefined) return;
    stores.machines.replaceAll(machines.data.items.map(machineRowOf), machines.data.requestedAt);
  }, [machines.data, stores]);
  useEffect(() => {
    if (services.data === undefined) return;
    stores.services.replaceAll(services.data.items.map(serviceRowOf), services.data.requestedAt);
  }, [services.data, stores]);

  const total = machines.data?.items.length ?? 0;
  const isOpen = isVisible && total + (services.data?.items.length ?? 0) > 0;
  const apply = useCallback((batch: LiveBatch) => applyBatch(stores, batch), [stores]);
  const watch = useNetworkStream({ network, total, isOpen, apply, setStatus });
  return { machines, services, status, watch };
}
