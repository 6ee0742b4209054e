import { fill, messages } from '../../messages/text.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { AccountPage } from './account-page.tsx';
import classes from './account.module.css';

const { page } = messages;

/** Any path that is no page. */
export function MissingPage() {
  return (
    <AccountPage title={page.missingTitle}>
      <p className={classes.text}>{fill(page.missingText, { path: location.pathname })}</p>
      <div className={classes.actions}>
        <ButtonLink href="/">{page.back}</ButtonLink>
      </div>
    </AccountPage>
  );
}
