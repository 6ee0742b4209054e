import { type ReactNode, useLayoutEffect, useRef } from 'react';
import classes from './native-dialog.module.css';

interface NativeDialogProps {
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * A dialog of the browser's own: it keeps the focus in, gives it back, and Esc closes it. A press beside it closes it too.
 */
export function NativeDialog({ label, onClose, children }: NativeDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Before it leaves the page: a dialog that is gone gives no focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- by keyboard, Esc does what this press does
    <dialog
      ref={dialog}
      className={classes.dialog}
      aria-label={label}
      onCancel={onClose}
      onMouseDown={event => event.target === event.currentTarget && onClose()}
    >
      {children}
    </dialog>
  );
}
