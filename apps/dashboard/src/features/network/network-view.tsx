import type { UseQueryResult } from '@tanstack/react-query';
import { type ComponentType, useState, useSyncExternalStore } from 'react';
import type { Network } from '../../api/client.ts';
import type { StreamStatus } from '../../api/live-stream.ts';
import { messages } from '../../messages/text.ts';
import { useIsVisible } from '../../ui/use-media.ts';
import { useMay } from '../account/use-session.ts';
import type { ListKind } from '../list/list-kind.ts';
import { ListSkeleton } from '../list/list-skeleton.tsx';
import { LiveList } from '../list/live-list.tsx';
import type { RowStore } from '../list/row-store.ts';
import type { StateRow } from '../list/state-row.ts';
import { MACHINE_LIST } from '../machines/machine-list.tsx';
import { NoMachines } from '../machines/no-machines.tsx';
import { NoServices } from '../services/no-services.tsx';
import { SERVICE_LIST, SERVICE_LIST_NOW } from '../services/service-list.tsx';
import { ContactLost } from './contact-lost.tsx';
import { Headline } from './headline.tsx';
import { ReadFailed } from './network-states.tsx';
import { createStores } from './network-stores.ts';
import { type Counts, truthOf } from './truth.ts';
import { useLiveNetwork } from './use-live-network.ts';
import { useTabTruth } from './use-tab-truth.ts';
import { useView } from './use-view.ts';
import { ViewTabs } from './view-tabs.tsx';

/** One network's machines and services, from the first byte to the last reconnect. */
export function NetworkView({ network }: { network: Network }) {
  const [stores] = useState(createStores);
  const view = useView(network);
  const serviceList = useMay('history:read') ? SERVICE_LIST : SERVICE_LIST_NOW;
  const { machines, services, status, watch } = useLiveNetwork(network.network, stores, view);
  useSyncExternalStore(stores.machines.subscribeList, stores.machines.version);
  useSyncExternalStore(stores.services.subscribeList, stores.services.version);
  // The network list counts too, and comes first; once a list is here, it is the truth.
  const counts: Counts = {
    machines: machines.data === undefined ? network.machines : stores.machines.counts(),
    services: services.data === undefined ? network.services : stores.services.counts(),
  };
  const list = view === 'services' ? services : machines;
  const isRead = list.data !== undefined;
  const isLost = isRead && list.isError && status !== 'live';
  useTab(counts, network, isLost, isRead);
  const isStreaming = isRead && counts.machines.total + counts.services.total > 0;
  const shared = { network: network.network, onWatch: watch };
  return (
    <>
      <Headline truth={truthOf(counts)} status={isStreaming ? shownStatus(status, isLost) : null} />
      {isLost && <ContactLost heardAt={stores[view].heardAt()} />}
      <ViewTabs network={network.network} view={view} counts={counts} />
      {view === 'services' ? (
        <ViewedList {...shared} kind={serviceList} list={services} store={stores.services} Empty={NoServices} />
      ) : (
        <ViewedList {...shared} kind={MACHINE_LIST} list={machines} store={stores.machines} Empty={NoMachines} />
      )}
    </>
  );
}

function shownStatus(status: StreamStatus, isLost: boolean): StreamStatus {
  return isLost ? 'reconnecting' : status;
}

/** A hidden tab has no stream, but the network list goes on and counts. */
function useTab(counts: Counts, network: Network, isLost: boolean, isRead: boolean): void {
  const isVisible = useIsVisible();
  useTabTruth(isLost ? null : isVisible && isRead ? counts : network, messages.stream.reconnecting);
}

interface ViewedListProps<Row extends StateRow> {
  readonly network: string;
  readonly kind: ListKind<Row>;
  readonly list: UseQueryResult<unknown>;
  readonly store: RowStore<Row>;
  /** In place of a list without a line. */
  readonly Empty: ComponentType<{ network: string }>;
  readonly onWatch: (names: readonly string[]) => void;
}

/** A list in whichever state it is: not read yet, failed, empty, or there. */
function ViewedList<Row extends StateRow>({ network, kind, list, store, Empty, onWatch }: ViewedListProps<Row>) {
  if (list.data === undefined) {
    if (list.error === null) return <ListSkeleton kind={kind} />;
    return <ReadFailed error={list.error} onRetry={() => void list.refetch()} />;
  }
  const counts = store.counts();
  if (counts.total === 0) return <Empty network={network} />;
  return <LiveList {...{ network, kind, store, counts, onWatch }} />;
}
