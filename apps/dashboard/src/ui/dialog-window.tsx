import { Modal } from '@mantine/core';
import { messages } from '../messages/text.ts';
import classes from './dialog-window.module.css';
import type { DialogProps } from './dialog.tsx';
import { MantineScope } from './mantine-scope.tsx';
import { useWidthStep } from './use-media.ts';

const WIDTH_PX = { normal: 520, wide: 640 } as const;
const PHONE = [640] as const;

/** The window of a dialog, made by Mantine, which is a good part of all scripts: it comes when it is asked for. */
export function DialogWindow({ title, onClose, size = 'normal', children }: DialogProps) {
  const isPhone = useWidthStep(PHONE) === 0;
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
