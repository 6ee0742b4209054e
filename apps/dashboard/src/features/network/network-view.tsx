import { lazy, Suspense, useState, useSyncExternalStore } from 'react';
import type { Network, StateCounts } from '../../api/client.ts';
import { messages } from '../../messages/text.ts';
import { useIsVisible } from '../../ui/use-media.ts';
import { useUrlParam } from '../../ui/use-url-param.ts';
import { Counters } from '../list/counters.tsx';
import { ListSkeleton } from '../list/list-skeleton.tsx';
import { MACHINE_LIST } from '../machines/machine-list.tsx';
import { NoMachines } from '../machines/no-machines.tsx';
import { concernCount } from './attention.ts';
import { AttentionStrip } from './attention-strip.tsx';
import { ContactLost } from './contact-lost.tsx';
import { Headline } from './headline.tsx';
import { createStores } from './network-stores.ts';
import { type Counts, truthOf } from './truth.ts';
import { useLiveNetwork } from './use-live-network.ts';
import { useTabTruth } from './use-tab-truth.ts';
import { useView } from './use-view.ts';
import { isWaiting, ViewedList } from './viewed-list.tsx';
import { ViewTabs } from './view-tabs.tsx';

/** Most come for the machines. */
const ServicesView = lazy(async () => ({ default: (await import('./services-view.tsx')).ServicesView }));

/** One network's machines and services, from the first byte to the last reconnect. */
export function NetworkView({ network }: { network: Network }) {
  const [stores] = useState(createStores);
  const view = useView(network);
  const { machines, services, status, watch } = useLiveNetwork(network.network, stores, view);
  useSyncExternalStore(stores.machines.subscribeList, stores.machines.version);
  useSyncExternalStore(stores.services.subscribeList, stores.services.version);
  // The network list counts too, and comes first; once a list is here, it is the truth.
  const counts: Counts = {
    machines: stores.machines.heardAt() === 0 ? network.machines : stores.machines.counts(),
    services: stores.services.heardAt() === 0 ? network.services : stores.services.counts(),
  };
  const list = view === 'services' ? services : machines;
  const isRead = list.data !== undefined;
  const areExpected = isWaiting(machines, stores.machines) || isWaiting(services, stores.services);
  const isLost = isRead && list.isError && status !== 'live';
  useTab(counts, network, isLost, isRead);
  const shared = { network: network.network, onWatch: watch };
  return (
    <>
      <Headline truth={truthOf(counts)} />
      {isLost && <ContactLost heardAt={stores[view].heardAt()} />}
      <AttentionStrip
        network={network.network}
        stores={stores}
        expected={areExpected ? concernCount(network.machines, network.services) : null}
      />
      <ViewTabs network={network.network} view={view} counts={counts} />
      {counts[view].total > 0 && <ViewCounters counts={counts[view]} />}
      {view === 'services' ? (
        <Suspense fallback={<ListSkeleton kind={MACHINE_LIST} />}>
          <ServicesView {...shared} list={services} store={stores.services} />
        </Suspense>
      ) : (
        <ViewedList {...shared} kind={MACHINE_LIST} list={machines} store={stores.machines} Empty={NoMachines} />
      )}
    </>
  );
}

/** They are the list's, and there before it is. */
function ViewCounters({ counts }: { counts: StateCounts }) {
  const [filter, setFilter] = useUrlParam('q');
  return <Counters counts={counts} filter={filter} onFilter={setFilter} />;
}

/** A hidden tab has no stream, but the network list goes on and counts. */
function useTab(counts: Counts, network: Network, isLost: boolean, isRead: boolean): void {
  const isVisible = useIsVisible();
  useTabTruth(isLost ? null : isVisible && isRead ? counts : network, messages.stream.reconnecting);
}
