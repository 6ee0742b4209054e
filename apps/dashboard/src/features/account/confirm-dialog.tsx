import { type ReactNode, useState } from 'react';
import { fill, messages } from '../../messages/text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { DialogForm } from './dialog-form.tsx';
import { useSending } from './use-sending.ts';

interface ConfirmDialogProps {
  readonly title: string;
  /** What happens then. */
  readonly children: ReactNode;
  readonly submit: string;
  readonly variant?: 'primary' | 'danger';
  /** What has to be typed first, for what would hurt most. */
  readonly typed?: string;
  readonly act: () => Promise<unknown>;
  /** It was done. */
  readonly onDone: () => unknown;
  readonly onClose: () => void;
}

/** Asks once more, and says why when it does not work. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, submit, variant = 'danger', typed, act, onDone, onClose } = props;
  const attempt = useSending<void, unknown>({ act, onDone });
  const [text, setText] = useState('');
  const texts = messages.dialog;
  const check = (): void => {
    const isTyped = typed === undefined || text.trim().toLowerCase() === typed.toLowerCase();
    if (isTyped) attempt.run();
    else attempt.refuse({ alert: null, fields: { again: fill(texts.typeMissing, { typed }) } });
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <DialogForm
        attempt={attempt}
        submit={submit}
        busy={texts.busy}
        variant={variant}
        onCancel={onClose}
        onSubmit={check}
      >
        {children}
        {typed !== undefined && (
          <Field
            label={fill(texts.type, { typed })}
            name="again"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            data-autofocus
            value={text}
            problem={attempt.problem.fields.again}
            onChange={event => setText(event.currentTarget.value)}
          />
        )}
      </DialogForm>
    </Dialog>
  );
}
