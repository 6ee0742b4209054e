import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '../../api/queries.ts';
import type { AccountView, SessionView } from '../../api/account-client.ts';
import { fill, messages } from '../../messages/text.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { FormAlert } from './account-form.tsx';
import { AccountPage } from './account-page.tsx';
import classes from './account.module.css';
import { sentenceOf, sentenceOfCode } from './failure-text.ts';
import { nextPath } from './next-path.ts';
import { SignInForm } from './sign-in-form.tsx';
import { SignOutButton } from './sign-out-button.tsx';
import { nameOf } from './use-session.ts';

const { signIn } = messages;

/** The page at `/sign-in`: by password or by Google, and back to where one came from. */
export function SignInPage() {
  const { data: session, error } = useQuery(sessionQuery);
  const query = new URLSearchParams(location.search);
  const next = nextPath(query.get('next'));
  if (session?.setupNeeded === true) return <NothingYet />;
  return (
    <AccountPage title={signIn.title} isWaiting={session === undefined && error === null}>
      {session === undefined ? (
        // Nothing for the moment until the answer: a form that changes under the hand would be worse.
        error !== null && <FormAlert>{sentenceOf(error)}</FormAlert>
      ) : (
        <WaysIn session={session} next={next} errorCode={query.get('error')} />
      )}
    </AccountPage>
  );
}

interface WaysInProps {
  readonly session: SessionView;
  readonly next: string;
  /** What Google's answer led to. */
  readonly errorCode: string | null;
}

function WaysIn({ session, next, errorCode }: WaysInProps) {
  if (session.account !== null) return <SignedInAlready account={session.account} next={next} />;
  const sentence = errorCode === null ? null : (sentenceOfCode(errorCode) ?? signIn.failed);
  return (
    <>
      <SignInForm next={next} alert={sentence} />
      {session.google && <GoogleButton next={next} />}
      <p className={classes.dim}>{signIn.forgotten}</p>
    </>
  );
}

/** A link, not a script: the browser leaves for Google and comes back. */
function GoogleButton({ next }: { next: string }) {
  return (
    <>
      <div className={classes.or}>{signIn.or}</div>
      <ButtonLink href={`/api/v1/auth/google?${new URLSearchParams({ next }).toString()}`} icon={<GoogleMark />} isWide>
        {signIn.google}
      </ButtonLink>
    </>
  );
}

function SignedInAlready({ account, next }: { account: AccountView; next: string }) {
  return (
    <>
      <p className={classes.text}>{fill(signIn.already, { who: nameOf(account) })}</p>
      <div className={classes.actions}>
        <ButtonLink href={next} variant="primary">
          {signIn.goOn}
        </ButtonLink>
        <SignOutButton next={next}>{messages.account.other}</SignOutButton>
      </div>
    </>
  );
}

/** Nobody can sign in to a server without accounts: where the first one comes from. */
function NothingYet() {
  return (
    <AccountPage title={signIn.newTitle}>
      <p className={classes.text}>{signIn.newText}</p>
      <p className={classes.text}>{signIn.newWhere}</p>
    </AccountPage>
  );
}

function GoogleMark() {
  return (
    <svg viewBox="0 0 18 18" width="16" height="16" aria-hidden="true">
      <path
        fill="#4285f4"
        d="M17.64 9.2c0-.64-.06-1.25-.16-1.84H9v3.48h4.84a4.14 4.14 0 0 1-1.8 2.72v2.26h2.92a8.78 8.78 0 0 0 2.68-6.62Z"
      />
      <path
        fill="#34a853"
        d="M9 18c2.43 0 4.47-.8 5.96-2.18l-2.92-2.26c-.8.54-1.84.86-3.04.86-2.34 0-4.32-1.58-5.03-3.7H.96v2.33A9 9 0 0 0 9 18Z"
      />
      <path fill="#fbbc05" d="M3.97 10.72a5.4 5.4 0 0 1 0-3.44V4.95H.96a9 9 0 0 0 0 8.1l3.01-2.33Z" />
      <path
        fill="#ea4335"
        d="M9 3.58c1.32 0 2.5.45 3.44 1.35l2.58-2.58A9 9 0 0 0 .96 4.95l3.01 2.33C4.68 5.16 6.66 3.58 9 3.58Z"
      />
    </svg>
  );
}
