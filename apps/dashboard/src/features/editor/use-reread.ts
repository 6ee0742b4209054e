import { useQueryClient } from '@tanstack/react-query';
import { networkFileQuery } from '../../api/editor-queries.ts';
import { listsKey, networksQuery } from '../../api/queries.ts';

/** After an edit, also one that was refused: the file, the lists of the network, and how many there are. */
export function useReread(network: string): () => Promise<unknown> {
  const queryClient = useQueryClient();
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: networkFileQuery(network).queryKey }),
      queryClient.invalidateQueries({ queryKey: listsKey(network) }),
      queryClient.invalidateQueries({ queryKey: networksQuery.queryKey }),
    ]);
}
