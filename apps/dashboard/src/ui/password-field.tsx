import { useEffect, useRef, useState } from 'react';
import { messages } from '../messages/text.ts';
import { Field, type FieldProps } from './field.tsx';
import classes from './password-field.module.css';

interface PasswordFieldProps extends Omit<FieldProps, 'type' | 'end' | 'ref'> {
  /** Tells a password manager whether to fill one in or to make one up. */
  readonly autoComplete: 'current-password' | 'new-password';
}

/** A password. It can be looked at, so nobody has to write it twice. */
export function PasswordField(props: PasswordFieldProps) {
  const [isShown, setIsShown] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // What is sent as plain text may be kept by the browser as something to suggest.
    const hide = (): void => setIsShown(false);
    const form = input.current?.form;
    form?.addEventListener('submit', hide);
    return () => form?.removeEventListener('submit', hide);
  }, []);
  const { show, hide, showHint, hideHint } = messages.field;
  return (
    <Field
      name="password"
      {...props}
      ref={input}
      type={isShown ? 'text' : 'password'}
      autoCapitalize="none"
      spellCheck={false}
      end={
        <button
          type="button"
          className={classes.show}
          aria-label={isShown ? hideHint : showHint}
          onClick={() => setIsShown(!isShown)}
        >
          {isShown ? hide : show}
        </button>
      }
    />
  );
}
