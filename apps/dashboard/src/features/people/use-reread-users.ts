import { useQueryClient } from '@tanstack/react-query';
import { usersQuery } from '../../api/people-queries.ts';
import { sessionQuery } from '../../api/queries.ts';

/** After a change of accounts, also one that was refused: the list, and who one is oneself. */
export function useRereadUsers(): () => void {
  const queryClient = useQueryClient();
  return () => {
    void queryClient.invalidateQueries(usersQuery);
    void queryClient.invalidateQueries(sessionQuery);
  };
}
