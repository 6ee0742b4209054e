import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Permission } from '../../api/account-client.ts';
import { revokeToken, type TokenItem } from '../../api/people-client.ts';
import { ownTokensQuery } from '../../api/people-queries.ts';
import { fill, messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ReadFailed } from '../network/network-states.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { NewTokenDialog } from './new-token-dialog.tsx';
import classes from './own-account.module.css';
import { Section } from './section.tsx';
import { TokenList } from './token-list.tsx';
import { Told } from './told.tsx';

const texts = messages.people.token;

/** The keys of one's programs. */
export function TokensSection({ permissions }: { permissions: readonly Permission[] }) {
  const tokens = useQuery(ownTokensQuery);
  const [asked, setAsked] = useState<TokenItem | 'new' | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const close = (): void => setAsked(null);
  return (
    <Section
      title={texts.title}
      lead={<TokensLead />}
      action={
        <Button size="small" icon={<Icon name="plus" />} onClick={() => setAsked('new')}>
          {texts.make}
        </Button>
      }
    >
      <Told text={told} />
      <Panel>
        {tokens.data === undefined && tokens.error !== null ? (
          <ReadFailed error={tokens.error} onRetry={() => void tokens.refetch()} />
        ) : (
          <TokenList tokens={tokens.data ?? null} own={permissions} onRevoke={setAsked} />
        )}
      </Panel>
      {asked === 'new' && (
        <NewTokenDialog
          permissions={permissions}
          onMade={name => setTold(fill(texts.made, { name }))}
          onClose={close}
        />
      )}
      {asked !== null && asked !== 'new' && (
        <RevokeDialog
          token={asked}
          onDone={() => {
            setTold(fill(texts.wasRevoked, { name: asked.name }));
            close();
          }}
          onClose={close}
        />
      )}
    </Section>
  );
}

function TokensLead() {
  return (
    <>
      <p>{texts.lead}</p>
      <a href="/api/docs" className={classes.link}>
        {texts.docs}
      </a>
    </>
  );
}

interface RevokeProps {
  readonly token: TokenItem;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

function RevokeDialog({ token, onDone, onClose }: RevokeProps) {
  const queryClient = useQueryClient();
  return (
    <ConfirmDialog
      title={fill(texts.revokeTitle, { name: token.name })}
      submit={texts.revoke}
      // Also after a refusal: it may be revoked already.
      act={() => revokeToken(token.id).finally(() => void queryClient.invalidateQueries(ownTokensQuery))}
      onDone={onDone}
      onClose={onClose}
    >
      <p>{texts.revokeText}</p>
    </ConfirmDialog>
  );
}
