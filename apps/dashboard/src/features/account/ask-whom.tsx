import { messages } from '../../messages/text.ts';
import classes from './account.module.css';

/** Who can give an account more. */
export function AskWhom({ contacts }: { contacts: readonly string[] }) {
  if (contacts.length === 0) return <p className={classes.text}>{messages.forbidden.askNobody}</p>;
  return (
    <div>
      <p className={classes.text}>{messages.forbidden.ask}</p>
      <ul className={classes.contacts}>
        {contacts.map(contact => (
          <li key={contact}>
            <a href={mailTo(contact)}>{contact}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function mailTo(address: string): string {
  return `mailto:${encodeURIComponent(address).replace('%40', '@')}`;
}
