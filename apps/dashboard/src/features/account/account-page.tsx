import type { ReactNode } from 'react';
import { messages } from '../../messages/text.ts';
import { Banner } from '../../ui/notice.tsx';
import { TopBar } from '../../ui/top-bar.tsx';
import { useTabTitle } from '../../ui/use-tab-title.ts';
import { AccountMenu } from './account-menu.tsx';
import classes from './account.module.css';
import { useSession } from './use-session.ts';

interface AccountPageProps {
  readonly title: string;
  /** Something has to be known first; the card is shown only when that takes long. */
  readonly isWaiting?: boolean;
  readonly children?: ReactNode;
}

/** A page that is one card: what it is called, and what is to be done here. */
export function AccountPage({ title, isWaiting = false, children }: AccountPageProps) {
  useTabTitle(title);
  return (
    <>
      <TopBar end={<AccountMenu />} />
      <main className={classes.page} id="main">
        <section className={classes.card} data-waiting={isWaiting}>
          <h1 className={classes.title}>{title}</h1>
          {children}
        </section>
      </main>
    </>
  );
}

/** Before a password is typed: that it can be read on its way, where that is so. */
export function InsecureNote() {
  const session = useSession();
  return session?.insecure === true ? <Banner tone="caution">{messages.insecure.form}</Banner> : null;
}
