import { useDeferredValue, useState, useSyncExternalStore } from 'react';
import type { MachineCounts, Network } from '../../api/client.ts';
import type { StreamStatus } from '../../api/live-stream.ts';
import { messages } from '../../messages/text.ts';
import { useIsVisible } from '../../ui/use-media.ts';
import { useUrlParam } from '../../ui/use-url-param.ts';
import { ContactLost } from './contact-lost.tsx';
import { Headline } from './headline.tsx';
import { MachineStore } from './machine-store.ts';
import { MachineTable } from './machine-table.tsx';
import classes from './machines-page.module.css';
import { MachinesSkeleton } from './machines-skeleton.tsx';
import { NoMachines, NoMatch, ReadFailed } from './machines-states.tsx';
import { Toolbar } from './toolbar.tsx';
import { truthOf } from './truth.ts';
import { useLiveMachines } from './use-live-machines.ts';
import { useMachineOrder } from './use-machine-order.ts';
import { usePointerHold } from './use-pointer-hold.ts';
import { useSort } from './use-sort.ts';
import { useTabTruth } from './use-tab-truth.ts';

/** One network's machines, from the first byte to the last reconnect. */
export function NetworkMachines({ network }: { network: Network }) {
  const [store] = useState(() => new MachineStore());
  const { list, status, watch } = useLiveMachines(network.network, store);
  useSyncExternalStore(store.subscribeList, store.version);
  const isRead = list.data !== undefined;
  // The network list counts too, and comes first; once the machines are here, they are the truth.
  const counts = isRead ? store.counts() : network.machines;
  const isLost = list.isError && status !== 'live';
  useTab(counts, network, isLost, isRead);
  if (!isRead) {
    return (
      <>
        <Headline truth={truthOf(counts)} status={null} />
        {list.error === null ? (
          <div className={classes.panel}>
            <MachinesSkeleton />
          </div>
        ) : (
          <ReadFailed error={list.error} onRetry={() => void list.refetch()} />
        )}
      </>
    );
  }
  return (
    <>
      <Headline truth={truthOf(counts)} status={counts.total === 0 ? null : shownStatus(status, isLost)} />
      {isLost && <ContactLost heardAt={store.heardAt()} />}
      {counts.total === 0 ? (
        <NoMachines network={network.network} />
      ) : (
        <Machines network={network.network} store={store} counts={counts} onWatch={watch} />
      )}
    </>
  );
}

function shownStatus(status: StreamStatus, isLost: boolean): StreamStatus {
  return isLost ? 'reconnecting' : status;
}

/** A hidden tab has no stream, but the network list goes on and counts. */
function useTab(counts: MachineCounts, network: Network, isLost: boolean, isRead: boolean): void {
  const isVisible = useIsVisible();
  const known = isVisible && isRead ? counts : network.machines;
  useTabTruth(isLost ? null : known, messages.stream.reconnecting);
}

interface MachinesProps {
  readonly network: string;
  readonly store: MachineStore;
  readonly counts: MachineCounts;
  readonly onWatch: (names: readonly string[]) => void;
}

function Machines({ network, store, counts, onWatch }: MachinesProps) {
  const [filter, setFilter] = useUrlParam('q');
  const [sort, setSort] = useSort();
  const [isHeld, hold] = usePointerHold();
  // Typing stays smooth however long the table is.
  const applied = useDeferredValue(filter);
  const order = useMachineOrder(store, applied, sort, isHeld);
  const hasNoMatch = order.length === 0 && applied.trim() !== '';
  return (
    <div className={classes.panel}>
      <Toolbar filter={filter} onFilter={setFilter} counts={counts} shown={order.length} />
      {hasNoMatch ? (
        <NoMatch filter={applied} total={counts.total} onClear={() => setFilter('')} />
      ) : (
        <MachineTable
          network={network}
          store={store}
          order={order}
          sort={sort}
          onSort={setSort}
          hold={hold}
          onWatch={onWatch}
        />
      )}
    </div>
  );
}
