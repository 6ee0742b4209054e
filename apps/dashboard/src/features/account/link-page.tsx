import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { linkQuery } from '../../api/queries.ts';
import { messages } from '../../messages/text.ts';
import { FormAlert } from './account-form.tsx';
import { AccountPage } from './account-page.tsx';
import { ChoosePasswordForm } from './choose-password-form.tsx';
import { IncompleteLink, InvalidLink, type LinkKind, SetUpAlready } from './dead-link.tsx';
import { sentenceOf } from './failure-text.ts';
import { keptSecret } from './kept-secret.ts';
import { secretIn } from './link-secret.ts';
import { SetupForm } from './setup-form.tsx';
import { useSession } from './use-session.ts';

/** The page at `/setup`. */
export function SetupPage() {
  return <OneTimeLink kind="setup" secret={keptSecret} />;
}

/** The page at `/link`. */
export function LinkPage() {
  return <OneTimeLink kind="link" secret={keptSecret} />;
}

interface LinkProps {
  /** Which page the link was for; what it is for, the server says. */
  readonly kind: LinkKind;
  /** `null`: there was none, or not all of it. */
  readonly secret: string | null;
}

/** A link that works once, for the first admin, an invitation or a new password. */
function OneTimeLink({ kind, secret }: LinkProps) {
  useReloadForSecret();
  const isSetUp = useSession()?.setupNeeded === false;
  if (kind === 'setup' && isSetUp && secret === null) return <SetUpAlready />;
  if (secret === null) return <IncompleteLink kind={kind} />;
  return <KnownLink kind={kind} secret={secret} isSetUp={isSetUp} />;
}

function KnownLink({ kind, secret, isSetUp }: { kind: LinkKind; secret: string; isSetUp: boolean }) {
  const { data: link, error } = useQuery(linkQuery(secret));
  if (error instanceof ApiError && error.code === 'LINK_INVALID') {
    return kind === 'setup' && isSetUp ? <SetUpAlready /> : <InvalidLink kind={kind} />;
  }
  if (error !== null && link === undefined) {
    return (
      <AccountPage title={messages[kind === 'setup' ? 'setup' : 'signIn'].title}>
        <FormAlert>{sentenceOf(error)}</FormAlert>
      </AccountPage>
    );
  }
  if (link === undefined) return <AccountPage title={messages.link.checking} isWaiting />;
  if (link.purpose === 'setup' || link.email == null) return <SetupForm secret={secret} />;
  return <ChoosePasswordForm secret={secret} purpose={link.purpose} email={link.email} />;
}

/** Another link that is pasted into this page's address changes nothing but what is behind the `#`. */
function useReloadForSecret(): void {
  useEffect(() => {
    const reload = (): void => {
      if (secretIn(location.hash) !== null) location.reload();
    };
    addEventListener('hashchange', reload);
    return () => removeEventListener('hashchange', reload);
  }, []);
}
