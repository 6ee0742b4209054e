import { Link } from '@tanstack/react-router';
import type { Permission } from '../../api/account-client.ts';
import { messages } from '../../messages/text.ts';
import { sectionsFor } from '../settings/sections.ts';
import { useKeptNetwork } from '../network/use-kept-network.ts';
import classes from './account-links.module.css';

/** The ways to what concerns oneself, and to the settings for who may open them. Within a card, which closes then. */
export function AccountLinks({ permissions }: { permissions: readonly Permission[] }) {
  const [settings] = sectionsFor(permissions);
  const search = useKeptNetwork();
  return (
    <ul className={classes.links}>
      <li>
        <Link to="/account" search={search} onClick={closeCard}>
          {messages.people.own.title}
        </Link>
      </li>
      {settings !== undefined && (
        <li>
          <Link to={settings.to} search={search} onClick={closeCard}>
            {messages.settings.title}
          </Link>
        </li>
      )}
    </ul>
  );
}

function closeCard(event: React.MouseEvent<HTMLElement>): void {
  event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
}
