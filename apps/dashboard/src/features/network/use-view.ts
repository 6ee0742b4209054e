import type { Network } from '../../api/client.ts';
import { useUrlParam } from '../../ui/use-url-param.ts';

export const VIEWS = ['machines', 'services'] as const;
/** Which list of a network is shown. */
export type View = (typeof VIEWS)[number];

/** The list that the address names; without one, the machines, unless there are services only. */
export function useView(network: Network): View {
  const [param] = useUrlParam('view');
  return VIEWS.find(view => view === param) ?? defaultView(network);
}

/** The list of a network that needs no name in the address. */
export function defaultView({ machines, services }: Pick<Network, 'machines' | 'services'>): View {
  return machines.total === 0 && services.total > 0 ? 'services' : 'machines';
}
