import { useQuery } from '@tanstack/react-query';
import { infoQuery } from '../api/queries.ts';
import { fill, messages } from '../messages/text.ts';
import classes from './footer.module.css';
import { formatDuration } from './format.ts';

/** What runs here, for whoever has to say so in a bug report. */
export function Footer() {
  const { data: info } = useQuery(infoQuery);
  if (info === undefined) return null;
  const { footer } = messages;
  return (
    <footer className={classes.footer}>
      <span>{fill(footer.version, { version: info.version })}</span>
      <span>{fill(footer.observer, { observer: info.observer })}</span>
      <span>{fill(footer.window, { window: formatDuration(info.windowSeconds, 2) })}</span>
      <span>{footer.database[info.database]}</span>
      <a href="/api/docs">{footer.api}</a>
    </footer>
  );
}
