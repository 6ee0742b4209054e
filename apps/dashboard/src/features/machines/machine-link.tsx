import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import classes from './machine-link.module.css';
import { machinePage } from './machine-page-of.ts';

/** A machine's name, which leads to its page. Drawn again only for another machine, not with each of its values. */
export const MachineLink = memo(function MachineLink({ network, name }: { network: string; name: string }) {
  return (
    <Link {...machinePage(network, name)} className={classes.link} data-row-link>
      {name}
    </Link>
  );
});
