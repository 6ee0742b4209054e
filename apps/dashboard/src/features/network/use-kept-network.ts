import { useNetworkName } from './use-network-name.ts';

/** For links to pages that are about no network: the one that was chosen is still chosen when one comes back. */
export function useKeptNetwork(): { network?: string } {
  const network = useNetworkName();
  return network === undefined ? {} : { network };
}
