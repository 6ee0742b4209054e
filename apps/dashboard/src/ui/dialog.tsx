import { type ReactNode, useEffect, useState } from 'react';
import { LatePart } from './late-part.tsx';
import { lazyOnAct } from './lazy-on-act.ts';
import { loadDialogWindow } from './load-dialog-window.ts';

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** `wide` holds what is to be copied. */
  readonly size?: 'normal' | 'wide';
  readonly children: ReactNode;
}

const DialogWindow = lazyOnAct(async () => (await loadDialogWindow()).DialogWindow);

/** Something to decide before anything else. It holds the focus; Esc closes it, and the focus goes back to where it was. */
export function Dialog(props: DialogProps) {
  useFocusBack();
  return (
    <LatePart onMissed={props.onClose}>
      <DialogWindow {...props} />
    </LatePart>
  );
}

/** Mantine does so when a dialog is closed, not when it is gone at once. */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      setTimeout(() => {
        // Another one may have taken its place, and has the focus.
        if (before instanceof HTMLElement && document.querySelector('[role="dialog"]') === null) before.focus();
      });
    },
    [before],
  );
}
