import type { ReactNode } from 'react';
import { messages } from '../../messages/text.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { AccountPage } from './account-page.tsx';
import classes from './account.module.css';

/** Which page a link is for. */
export type LinkKind = 'setup' | 'link';

/** A link that was cut off on its way, or a page that was loaded again. */
export function IncompleteLink({ kind }: { kind: LinkKind }) {
  return <DeadLink title={messages.link.incompleteTitle}>{messages[kind].incompleteText}</DeadLink>;
}

/** A link that was used, replaced or left for too long; which, nobody is told. */
export function InvalidLink({ kind }: { kind: LinkKind }) {
  const { invalidTitle, invalidText } = messages[kind];
  return <DeadLink title={invalidTitle}>{invalidText}</DeadLink>;
}

/** A setup link of a server that has its first admin. */
export function SetUpAlready() {
  return <DeadLink title={messages.setup.doneTitle}>{messages.setup.doneText}</DeadLink>;
}

/** A link that leads nowhere, and the one way on. */
function DeadLink({ title, children }: { title: string; children: ReactNode }) {
  return (
    <AccountPage title={title}>
      <p className={classes.text} role="alert">
        {children}
      </p>
      <div className={classes.actions}>
        <ButtonLink href="/sign-in">{messages.signIn.title}</ButtonLink>
      </div>
    </AccountPage>
  );
}
