import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { signOut } from '../../api/account-client.ts';
import { Button } from '../../ui/button.tsx';
import { FormAlert } from './account-form.tsx';
import { sentenceOf } from './failure-text.ts';
import { signInPath } from './next-path.ts';

/** Ends the session, then leads to the page to sign in. @param next where the next one is led after that */
export function SignOutButton({ next, children }: { next: string; children: ReactNode }) {
  const leave = useMutation({
    mutationFn: signOut,
    // Replaced: the browser's back must not lead to what only the last one may see.
    onSuccess: () => location.replace(signInPath(next)),
  });
  const isBusy = leave.isPending || leave.isSuccess;
  return (
    <>
      <Button aria-disabled={isBusy} onClick={() => !isBusy && leave.mutate()}>
        {children}
      </Button>
      {leave.error !== null && <FormAlert>{sentenceOf(leave.error)}</FormAlert>}
    </>
  );
}
