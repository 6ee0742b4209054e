import type { SessionView } from '../../api/account-client.ts';
import { fill, messages } from '../../messages/text.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { AccountPage } from './account-page.tsx';
import classes from './account.module.css';
import { AskWhom } from './ask-whom.tsx';
import { nextPath, signInPath } from './next-path.ts';
import { permissionText } from './permission-text.ts';
import { SignOutButton } from './sign-out-button.tsx';
import { nameOf, useSession } from './use-session.ts';

const { forbidden } = messages;

/** The page at `/forbidden`: where a browser is sent that asked for what its account may not have. */
export function ForbiddenPage() {
  const session = useSession();
  const query = new URLSearchParams(location.search);
  const wish = query.get('path');
  const path = nextPath(wish);
  const what = permissionText(query.get('permission'));
  return (
    <AccountPage title={forbidden.title}>
      {/* What is not a path of this server was not asked for here. */}
      {path === wish && (
        <p className={classes.text}>
          {forbidden.asked} <span className={classes.path}>{path}</span>
        </p>
      )}
      <p className={classes.text}>{what === null ? forbidden.lacksUnknown : fill(forbidden.lacks, { what })}</p>
      {session !== undefined && <WhatNow session={session} path={path} />}
    </AccountPage>
  );
}

function WhatNow({ session: { account, contacts }, path }: { session: SessionView; path: string }) {
  if (account === null) {
    return (
      <>
        <p className={classes.text}>{forbidden.signedOut}</p>
        <div className={classes.actions}>
          <ButtonLink href={signInPath(path)} variant="primary">
            {messages.signIn.title}
          </ButtonLink>
        </div>
      </>
    );
  }
  return (
    <>
      <AskWhom contacts={contacts} />
      <p className={classes.dim}>{fill(messages.account.as, { who: nameOf(account) })}</p>
      <div className={classes.actions}>
        <ButtonLink href="/" variant="primary">
          {messages.page.back}
        </ButtonLink>
        <SignOutButton next={path}>{messages.account.other}</SignOutButton>
      </div>
    </>
  );
}
