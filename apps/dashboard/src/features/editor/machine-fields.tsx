import { useState } from 'react';
import { messages } from '../../messages/text.ts';
import { Field } from '../../ui/field.tsx';
import { agentUrlOf } from './agent-url.ts';
import { type MachineField, type MachineProblems, type MachineValues, RARE_FIELDS } from './machine-values.ts';
import classes from './editor-form.module.css';

const texts = messages.editor.form;

interface FieldsProps {
  readonly values: MachineValues;
  readonly onChange: (changes: Partial<MachineValues>) => void;
  readonly problems: MachineProblems;
  /** The name it has had, when it is changed. */
  readonly formerName?: string;
  /** Without one it is watched by the monitor that is built in. */
  readonly hasAgent?: boolean;
}

/** What is known of one machine. */
export function MachineFields({ values, onChange, problems, formerName, hasAgent = true }: FieldsProps) {
  const of = (field: MachineField) => ({
    label: texts[field],
    name: field,
    value: values[field],
    problem: problems[field],
    autoComplete: 'off',
    autoCapitalize: 'none',
    spellCheck: false,
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => onChange({ [field]: event.currentTarget.value }),
  });
  const isRenamed = formerName !== undefined && values.name.trim() !== formerName && values.name.trim() !== '';
  return (
    <>
      <div className={classes.pair}>
        <Field {...of('name')} placeholder="db-1" data-autofocus hint={isRenamed ? texts.renameHint : undefined} />
        {hasAgent && <Field {...of('netdata')} placeholder="10.0.0.11" hint={addressHint(values.netdata)} />}
      </div>
      {!hasAgent && <p className={classes.dim}>{texts.hostText}</p>}
      <Field
        {...of('labels')}
        aside={messages.field.optional}
        placeholder="tier=db region=fra"
        hint={texts.labelsHint}
      />
      <Rare values={values} problems={problems} of={of} />
    </>
  );
}

interface RareProps extends Pick<FieldsProps, 'values' | 'problems'> {
  readonly of: (field: MachineField) => Omit<React.ComponentProps<typeof Field>, 'hint'>;
}

/** Out of the way until they are needed; open when one of them is filled in or wrong. */
function Rare({ values, problems, of }: RareProps) {
  const [wasUsed] = useState(() => RARE_FIELDS.some(field => values[field] !== ''));
  const isWrong = RARE_FIELDS.some(field => problems[field] !== undefined);
  return (
    <details className={classes.more} open={wasUsed || isWrong}>
      <summary>{texts.more}</summary>
      <div className={classes.rare}>
        {RARE_FIELDS.map(field => (
          <Field key={field} {...of(field)} hint={texts.hint[field]} />
        ))}
      </div>
    </details>
  );
}

/** What was left out and is understood, so that nobody wonders. */
function addressHint(typed: string): string {
  const url = agentUrlOf(typed);
  return url === null || url === typed.trim() ? texts.netdataHint : `→ ${url}`;
}
