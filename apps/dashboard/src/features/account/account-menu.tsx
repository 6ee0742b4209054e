import type { AccountView } from '../../api/account-client.ts';
import { fill, messages } from '../../messages/text.ts';
import { Explain } from '../../ui/explain.tsx';
import { LanguageSelect } from '../../ui/language-select.tsx';
import { PopCard } from '../../ui/pop-card.tsx';
import { ThemeSwitch } from '../../ui/theme-switch.tsx';
import { AccountLinks } from './account-links.tsx';
import classes from './account-menu.module.css';
import { reloadAsOpened } from './kept-secret.ts';
import { SignOutButton } from './sign-out-button.tsx';
import { nameOf, useSession } from './use-session.ts';

const texts = messages.account;

/** In the top bar: who is signed in, as what, and the way out. Whoever is not can choose language and colours at least. */
export function AccountMenu() {
  const session = useSession();
  if (session === undefined) return null;
  if (session.account === null) {
    return (
      <>
        <LanguageSelect reload={reloadAsOpened} />
        <ThemeSwitch />
      </>
    );
  }
  const { account, insecure } = session;
  const who = nameOf(account);
  const role = texts.role[account.role];
  return (
    <>
      {insecure && <InsecureMark />}
      <PopCard
        side="end"
        className={classes.button ?? ''}
        hint={fill(texts.menu, { who, role })}
        label={
          <>
            <PersonMark />
            <span className={classes.who}>{who}</span> <span className={classes.role}>{role}</span>
          </>
        }
      >
        <AccountCard account={account} />
      </PopCard>
    </>
  );
}

function AccountCard({ account }: { account: AccountView }) {
  const { name, email, role, networks, permissions } = account;
  return (
    <div className={classes.card}>
      <div>
        <h2 className={classes.name}>{nameOf(account)}</h2>
        {name !== '' && <p>{email}</p>}
      </div>
      <p className={classes.dim}>
        <b>{texts.role[role]}</b> · {texts.roleText[role]}
      </p>
      {networks !== null && (
        <p className={classes.dim}>
          {fill(texts.networks, { networks: networks.join(', ') || messages.table.noValue })}
        </p>
      )}
      <AccountLinks permissions={permissions} />
      <div className={classes.choice}>
        <span>{messages.shell.theme}</span>
        <ThemeSwitch />
      </div>
      <div className={classes.choice}>
        <span>{messages.shell.language}</span>
        <LanguageSelect reload={reloadAsOpened} />
      </div>
      <SignOutButton next="/">{texts.signOut}</SignOutButton>
    </div>
  );
}

/** Calm, and there on every page: nobody can say they were not told. */
function InsecureMark() {
  const { mark, hint, text } = messages.insecure;
  return (
    <Explain
      className={classes.insecure}
      hint={hint}
      label={
        <>
          <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
            <rect x="3" y="7" width="10" height="7" rx="1.5" />
            <path d="M5.5 7V4.8a2.6 2.6 0 0 1 4.9-1.2" />
          </svg>
          <span>{mark}</span>
        </>
      }
    >
      <p>{text}</p>
    </Explain>
  );
}

function PersonMark() {
  return (
    <svg className={classes.person} viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <circle cx="8" cy="5" r="2.8" />
      <path d="M2.5 14c.5-3 2.6-4.5 5.5-4.5s5 1.5 5.5 4.5" />
    </svg>
  );
}
