import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { networksQuery } from '../../api/queries.ts';
import { useUrlParam } from '../../ui/use-url-param.ts';

/** The network that the page is about, by its path, by its parameter, or else the first; `undefined`: there is none yet. */
export function useNetworkName(): string | undefined {
  const { network: ofPath } = useParams({ strict: false });
  const [ofParam] = useUrlParam('network');
  const { data: networks } = useQuery(networksQuery);
  if (ofPath !== undefined) return ofPath;
  return ofParam === '' ? networks?.[0]?.network : ofParam;
}
