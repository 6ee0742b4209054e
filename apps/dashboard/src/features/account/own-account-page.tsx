import { messages } from '../../messages/text.ts';
import { Page, PageHeader } from '../../ui/page.tsx';
import { useTabTitle } from '../../ui/use-tab-title.ts';
import { GoogleSection } from './google-section.tsx';
import classes from './own-account.module.css';
import { PasswordSection } from './password-section.tsx';
import { SessionsSection } from './sessions-section.tsx';
import { TokensSection } from './tokens-section.tsx';
import { useSession } from './use-session.ts';
import { WhoSection } from './who-section.tsx';

const { title } = messages.people.own;

/** The page at `/account`: what one may know and change of oneself. */
export function OwnAccountPage() {
  useTabTitle(title);
  const session = useSession();
  const account = session?.account ?? null;
  return (
    <Page>
      <div className={classes.page}>
        <PageHeader title={title} />
        {session !== undefined && account !== null && (
          <>
            <WhoSection account={account} contacts={session.contacts} />
            <PasswordSection account={account} />
            <GoogleSection account={account} isOn={session.google} />
            <SessionsSection />
            <TokensSection permissions={account.permissions} />
          </>
        )}
      </div>
    </Page>
  );
}
