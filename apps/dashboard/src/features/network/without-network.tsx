import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { networksQuery } from '../../api/queries.ts';
import { NoNetworks, ReadFailed } from './network-states.tsx';

/**
 * For a page about a network of which it is not known yet. There may be none, or nobody may answer.
 *
 * @param children what is shown while it is being read
 */
export function WithoutNetwork({ children }: { children: ReactNode }) {
  const { data, error, refetch } = useQuery(networksQuery);
  if (data !== undefined) return <NoNetworks />;
  return error === null ? children : <ReadFailed error={error} onRetry={() => void refetch()} />;
}
