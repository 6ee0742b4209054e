import { useInfiniteQuery } from '@tanstack/react-query';
import { eventsQuery } from '../../api/events-queries.ts';
import { fill, messages } from '../../messages/text.ts';
import { Page, PageHeader } from '../../ui/page.tsx';
import { useTabTitle } from '../../ui/use-tab-title.ts';
import { useUrlParam } from '../../ui/use-url-param.ts';
import { ReadFailed } from '../network/network-states.tsx';
import { useNetworkIcon } from '../network/use-network-icon.ts';
import { useNetworkName } from '../network/use-network-name.ts';
import { WithoutNetwork } from '../network/without-network.tsx';
import { EventFilters } from './event-filters.tsx';
import { wishesOf } from './event-wishes.ts';
import { NoEvents, TimelineSkeleton } from './event-states.tsx';
import { Timeline } from './timeline.tsx';

const texts = messages.events;

/** The page at `/events`: what changed in a network, and when. */
export function EventsPage() {
  const network = useNetworkName();
  useTabTitle(network === undefined ? texts.title : fill(texts.titleOf, { network }));
  useNetworkIcon(network);
  return (
    <Page>
      <PageHeader title={texts.title} lead={texts.lead} />
      {network === undefined ? (
        <WithoutNetwork>
          <TimelineSkeleton />
        </WithoutNetwork>
      ) : (
        <NetworkEvents network={network} />
      )}
    </Page>
  );
}

function NetworkEvents({ network }: { network: string }) {
  const [machine] = useUrlParam('machine');
  const [kind] = useUrlParam('kind');
  const [states] = useUrlParam('states');
  const [period] = useUrlParam('period');
  const wishes = wishesOf(network, { machine, kind, states, period });
  const events = useInfiniteQuery(eventsQuery(wishes));
  const items = events.data?.pages.flatMap(page => page.items) ?? [];
  return (
    <>
      <EventFilters />
      {events.data === undefined ? (
        events.error === null ? (
          <TimelineSkeleton />
        ) : (
          <ReadFailed error={events.error} onRetry={() => void events.refetch()} />
        )
      ) : items.length === 0 ? (
        <NoEvents isFiltered={Object.keys(wishes).length > 1} />
      ) : (
        <Timeline
          network={network}
          events={items}
          hasMore={events.hasNextPage}
          isReadingMore={events.isFetchingNextPage}
          onMore={() => void events.fetchNextPage()}
        />
      )}
    </>
  );
}
