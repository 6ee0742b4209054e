import { useQuery } from '@tanstack/react-query';
import { networksQuery } from '../../api/queries.ts';
import { useTabIcon } from '../../ui/use-tab-icon.ts';
import { iconOf } from './truth.ts';

/** For a page about a network that does not count by itself: the tab's icon tells its worst state all the same. */
export function useNetworkIcon(name: string | undefined): void {
  const { data } = useQuery(networksQuery);
  const network = data?.find(known => known.network === name);
  useTabIcon(network === undefined ? 'normal' : iconOf(network));
}
