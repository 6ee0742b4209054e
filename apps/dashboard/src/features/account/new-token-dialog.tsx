import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Permission } from '../../api/account-client.ts';
import { createToken, type CreateToken, type NewToken } from '../../api/people-client.ts';
import { ownTokensQuery } from '../../api/people-queries.ts';
import { fill, messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { CheckGroup, CheckLine } from '../../ui/check-line.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { formatFullMoment } from '../../ui/format.ts';
import { Select } from '../../ui/select.tsx';
import { DialogForm } from './dialog-form.tsx';
import { fieldProblems } from './form-problem.ts';
import classes from './own-account.module.css';
import { type Expiry, expiresAtOf, EXPIRY_CHOICES, isExpiry } from './token-expiry.ts';
import { scopeSentence, shellExample } from './token-state.ts';
import { useSending } from './use-sending.ts';

const texts = messages.people.token;

interface NewTokenProps {
  /** What the owner may do; a token may have no more. */
  readonly permissions: readonly Permission[];
  readonly onMade: (name: string) => void;
  readonly onClose: () => void;
}

/** Makes a token, then shows it, this once. */
export function NewTokenDialog({ permissions, onMade, onClose }: NewTokenProps) {
  const [made, setMade] = useState<NewToken | null>(null);
  if (made !== null) return <MadeToken token={made} onClose={onClose} />;
  return (
    <Dialog title={texts.makeTitle} onClose={onClose}>
      <TokenForm
        permissions={permissions}
        onClose={onClose}
        onMade={token => {
          setMade(token);
          onMade(token.name);
        }}
      />
    </Dialog>
  );
}

interface FormProps extends Pick<NewTokenProps, 'permissions' | 'onClose'> {
  readonly onMade: (token: NewToken) => void;
}

function TokenForm({ permissions, onMade, onClose }: FormProps) {
  const [scopes, setScopes] = useState<readonly Permission[]>(['metrics:read']);
  const [expiry, setExpiry] = useState<Expiry>('quarter');
  const queryClient = useQueryClient();
  const attempt = useSending({
    act: (token: CreateToken) => createToken(token),
    onDone: async token => {
      onMade(token);
      await queryClient.invalidateQueries(ownTokensQuery);
    },
  });
  const { name: nameProblem, scopes: scopesProblem } = attempt.problem.fields;
  return (
    <DialogForm
      attempt={attempt}
      submit={texts.submit}
      busy={texts.busy}
      onCancel={onClose}
      onSubmit={valueOf => {
        const name = valueOf('name').trim();
        const problem = fieldProblems({
          name: name === '' ? texts.nameMissing : undefined,
          scopes: scopes.length === 0 ? texts.scopesMissing : undefined,
        });
        if (problem !== null) attempt.refuse(problem);
        else attempt.run({ name, scopes: [...scopes], expiresAt: expiresAtOf(expiry, Date.now()) });
      }}
    >
      <Field
        label={texts.name}
        name="name"
        placeholder={texts.namePlaceholder}
        maxLength={100}
        autoComplete="off"
        data-autofocus
        problem={nameProblem}
      />
      <ScopesField permissions={permissions} chosen={scopes} onChange={setScopes} problem={scopesProblem} />
      <ExpiryField value={expiry} onChange={setExpiry} />
    </DialogForm>
  );
}

interface ScopesProps extends Pick<NewTokenProps, 'permissions'> {
  readonly chosen: readonly Permission[];
  readonly onChange: (chosen: readonly Permission[]) => void;
  readonly problem: string | undefined;
}

function ScopesField({ permissions, chosen, onChange, problem }: ScopesProps) {
  return (
    <CheckGroup label={texts.scopes} hint={texts.scopesHint} problem={problem}>
      {permissions.map(permission => (
        <CheckLine
          key={permission}
          type="checkbox"
          label={scopeSentence(permission)}
          hint={<code>{permission}</code>}
          isHintBeside
          checked={chosen.includes(permission)}
          onChange={isChosen =>
            onChange(permissions.filter(one => (one === permission ? isChosen : chosen.includes(one))))
          }
        />
      ))}
    </CheckGroup>
  );
}

function ExpiryField({ value, onChange }: { value: Expiry; onChange: (expiry: Expiry) => void }) {
  const expiresAt = expiresAtOf(value, Date.now());
  return (
    <div className={classes.selectField}>
      <b aria-hidden="true">{texts.ends}</b>
      <Select
        label={texts.ends}
        choices={EXPIRY_CHOICES}
        value={value}
        onChange={text => isExpiry(text) && onChange(text)}
      />
      <span className={classes.sub}>
        {expiresAt === null ? texts.endsNever : fill(texts.endsAt, { moment: formatFullMoment(Date.parse(expiresAt)) })}
      </span>
    </div>
  );
}

function MadeToken({ token, onClose }: { token: NewToken; onClose: () => void }) {
  return (
    <Dialog title={texts.madeTitle} size="wide" onClose={onClose}>
      <div className={classes.made}>
        <p>{fill(texts.madeText, { name: token.name })}</p>
        <CopyText label={texts.secret} text={token.secret} />
        <CopyText label={texts.example} text={shellExample(token, location.origin)} isBlock />
        <Button variant="primary" onClick={onClose}>
          {messages.dialog.done}
        </Button>
      </div>
    </Dialog>
  );
}
