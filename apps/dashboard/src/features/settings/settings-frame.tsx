import { Link, Outlet } from '@tanstack/react-router';
import { messages } from '../../messages/text.ts';
import { Page } from '../../ui/page.tsx';
import { useSession } from '../account/use-session.ts';
import { useKeptNetwork } from '../network/use-kept-network.ts';
import { sectionsFor } from './sections.ts';
import classes from './settings-frame.module.css';

/** Around the pages of the settings: the ways between them. */
export function SettingsFrame() {
  const permissions = useSession()?.account?.permissions ?? [];
  const search = useKeptNetwork();
  return (
    <Page>
      <div className={classes.frame}>
        <nav className={classes.side} aria-label={messages.settings.pages}>
          {sectionsFor(permissions).map(({ to, label }) => (
            <Link key={to} to={to} search={search} className={classes.item} activeOptions={ANY_SEARCH}>
              {label}
            </Link>
          ))}
        </nav>
        <div className={classes.content}>
          <Outlet />
        </div>
      </div>
    </Page>
  );
}

const ANY_SEARCH = { includeSearch: false } as const;
