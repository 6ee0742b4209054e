import { Link } from '@tanstack/react-router';
import type { AccountView } from '../../api/account-client.ts';
import { messages } from '../../messages/text.ts';
import { Panel } from '../../ui/panel.tsx';
import { AskWhom } from './ask-whom.tsx';
import classes from './own-account.module.css';
import { Section } from './section.tsx';
import { scopeSentence } from './token-state.ts';

const texts = messages.people.own;

/** Who one is to distomon, and what that allows. */
export function WhoSection({ account, contacts }: { account: AccountView; contacts: readonly string[] }) {
  const { name, email, role, networks, permissions } = account;
  return (
    <Section title={texts.who} lead={<WhoLead mayChange={permissions.includes('users:write')} contacts={contacts} />}>
      <Panel>
        <dl className={`${classes.card} ${classes.facts}`}>
          <dt>{texts.name}</dt>
          <dd>{name === '' ? <span className={classes.dim}>{texts.noName}</span> : name}</dd>
          <dt>{texts.email}</dt>
          <dd>{email}</dd>
          <dt>{texts.role}</dt>
          <dd>{messages.people.users.role[role]}</dd>
          <dt>{texts.networks}</dt>
          <dd>{networks === null ? messages.people.networksAll : networks.join(', ') || messages.table.noValue}</dd>
          <dt>{texts.may}</dt>
          <dd>
            <ul>
              {permissions.map(permission => (
                <li key={permission}>{scopeSentence(permission)}</li>
              ))}
            </ul>
          </dd>
        </dl>
      </Panel>
    </Section>
  );
}

function WhoLead({ mayChange, contacts }: { mayChange: boolean; contacts: readonly string[] }) {
  if (mayChange) {
    return (
      <>
        <p>{texts.whoChangeSelf}</p>
        <Link to="/settings/users" className={classes.link}>
          {texts.users}
        </Link>
      </>
    );
  }
  return (
    <>
      <p>{texts.whoChange}</p>
      {contacts.length > 0 && <AskWhom contacts={contacts} />}
    </>
  );
}
