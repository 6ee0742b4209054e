import { Modal } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { messages } from '../messages/text.ts';
import classes from './dialog.module.css';
import { MantineScope } from './mantine-scope.tsx';
import { useWidthStep } from './use-media.ts';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** `wide` holds what is to be copied. */
  readonly size?: 'normal' | 'wide';
  readonly children: ReactNode;
}

const WIDTH_PX = { normal: 520, wide: 640 } as const;
const PHONE = [640] as const;

/** Something to decide before anything else. It holds the focus; Esc closes it, and the focus goes back to where it was. */
export function Dialog({ title, onClose, size = 'normal', children }: DialogProps) {
  const isPhone = useWidthStep(PHONE) === 0;
  useFocusBack();
  return (
    <MantineScope>
      <Modal.Root
        opened
        onClose={onClose}
        size={WIDTH_PX[size]}
        fullScreen={isPhone}
        centered
        yOffset="2dvh"
        // A slip beside it would lose what was typed, or a secret that is shown this once.
        closeOnClickOutside={false}
        transitionProps={{ duration: 0 }}
        classNames={{ content: classes.content ?? '' }}
      >
        <Modal.Overlay backgroundOpacity={0.55} />
        <Modal.Content>
          {/* Not Mantine's own: its element is the page's header to a screen reader. */}
          <div className={classes.header}>
            <Modal.Title className={classes.title}>{title}</Modal.Title>
            <Modal.CloseButton aria-label={messages.dialog.close} size={32} />
          </div>
          <Modal.Body className={classes.body}>{children}</Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </MantineScope>
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
