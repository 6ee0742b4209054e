import { queryClient } from '../../api/query-client.ts';
import { machinesQuery, networksQuery, servicesQuery, sessionQuery } from '../../api/queries.ts';

/**
 * Has the server asked for everything that Home shows, all at once and before anything is drawn: the answers come while
 * the page's own code does. What fails here is asked for again, and told of, by whoever shows it.
 *
 * @param address of the page that is going to be shown
 */
export function readAhead({ pathname, search }: Pick<Location, 'pathname' | 'search'>): void {
  if (pathname !== '/') return;
  void queryClient.prefetchQuery(sessionQuery);
  const networks = queryClient.fetchQuery(networksQuery);
  const network = new URLSearchParams(search).get('network') ?? '';
  if (network === '') networks.then(([first]) => readLists(first?.network), ignore);
  else {
    networks.catch(ignore);
    readLists(network);
  }
}

function readLists(network: string | undefined): void {
  if (network === undefined) return;
  void queryClient.prefetchQuery(machinesQuery(network, false));
  void queryClient.prefetchQuery(servicesQuery(network, false, false));
}

function ignore(): void {}
