import { Button } from '@mantine/core';
import { fill, messages } from '../../messages/text.ts';
import { AccountPage } from './account-page.tsx';
import classes from './account.module.css';

const { page } = messages;

/** Any path that is no page. */
export function MissingPage() {
  return (
    <AccountPage title={page.missingTitle}>
      <p className={classes.text}>{fill(page.missingText, { path: location.pathname })}</p>
      <div className={classes.actions}>
        <Button component="a" href="/" variant="default">
          {page.back}
        </Button>
      </div>
    </AccountPage>
  );
}
