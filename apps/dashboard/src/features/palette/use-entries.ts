import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Machine, Network, Service } from '../../api/client.ts';
import { machinesQuery, networksQuery, type ReadList, servicesQuery } from '../../api/queries.ts';
import { fill, messages } from '../../messages/text.ts';
import { type Entry, machineEntry, serviceEntry } from './entries.ts';
import { useOwnEntries } from './use-own-entries.ts';

const FRESH_MS = 30_000;
const NO_NETWORKS: readonly Network[] = [];
/** Read once while it is open; what a page keeps fresh by itself is taken as it is. */
const ONCE = { staleTime: FRESH_MS, refetchInterval: false } as const;

/** Everything that can be found, as far as it is known. */
export interface Findable {
  readonly entries: readonly Entry[];
  /** Whether there is more to come. */
  readonly isReading: boolean;
  readonly hasFailed: boolean;
}

/** Machines and services of all networks of the account, the pages, and what can be done. */
export function useEntries(): Findable {
  const networks = useQuery(networksQuery);
  const names = (networks.data ?? NO_NETWORKS).map(({ network }) => network);
  const machines = useQueries({
    queries: names.map(network => ({ ...machinesQuery(network, true), ...ONCE })),
    combine: gathered<Machine>,
  });
  const services = useQueries({
    queries: names.map(network => ({ ...servicesQuery(network, true, false), ...ONCE })),
    combine: gathered<Service>,
  });
  const own = useOwnEntries(names);
  const key = names.join('/');
  const watched = useMemo(() => {
    const order = key === '' ? [] : key.split('/');
    const where = (network: string): string => (order.length > 1 ? fill(messages.palette.where, { network }) : '');
    return order.flatMap((network, place) => [
      ...(machines.lists[place] ?? []).map(machine => machineEntry(network, machine, where(network))),
      ...(services.lists[place] ?? []).map(service => serviceEntry(network, service, where(network))),
    ]);
  }, [key, machines.lists, services.lists]);
  const entries = useMemo(() => [...watched, ...own], [watched, own]);
  const isReading = networks.isLoading || machines.isReading || services.isReading;
  return { entries, isReading, hasFailed: networks.isError || machines.hasFailed || services.hasFailed };
}

interface Answer<T> {
  readonly data: ReadList<T> | undefined;
  readonly isLoading: boolean;
  readonly isError: boolean;
}

function gathered<T>(answers: readonly Answer<T>[]) {
  return {
    lists: answers.map(({ data }) => data?.items),
    isReading: answers.some(({ isLoading }) => isLoading),
    hasFailed: answers.some(({ isError }) => isError),
  };
}
