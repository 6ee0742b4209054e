import { Link } from '@tanstack/react-router';
import { messages } from '../../messages/text.ts';
import { useMay } from '../account/use-session.ts';
import { useNetworkName } from '../network/use-network-name.ts';
import classes from './main-nav.module.css';
import { type Place, PLACES } from './places.ts';

/** The ways to the pages that are about the whole network. */
export function MainNav() {
  return (
    <nav className={classes.nav} aria-label={messages.shell.nav.label}>
      {PLACES.map(place => (
        <Item key={place.to} {...place} />
      ))}
    </nav>
  );
}

function Item({ to, label, permission }: Place) {
  const network = useNetworkName();
  if (!useMay(permission, false)) return null;
  return (
    <Link to={to} search={network === undefined ? {} : { network }} className={classes.item} activeOptions={EXACT_PATH}>
      {label}
    </Link>
  );
}

const EXACT_PATH = { exact: true, includeSearch: false } as const;
