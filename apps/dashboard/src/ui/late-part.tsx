import { Component, type ReactNode, Suspense } from 'react';
import { messages } from '../messages/text.ts';
import { Button } from './button.tsx';
import { isLoadFailure } from './load-failure.ts';
import { NativeDialog } from './native-dialog.tsx';
import { Notice } from './notice.tsx';

interface LatePartProps {
  /** It could not be loaded, and whoever asked for it knows. */
  readonly onMissed: () => void;
  /** What is `lazy`. */
  readonly children: ReactNode;
}

/**
 * Around a part that is loaded when it is asked for: where that fails, this is said, and the page goes on without it. A
 * browser does not load again what it could not, so it takes a page that begins anew; what is written on this one is kept
 * until somebody says so.
 */
export class LatePart extends Component<LatePartProps, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    const { onMissed, children } = this.props;
    if (error === null) return <Suspense fallback={null}>{children}</Suspense>;
    if (isLoadFailure(error)) return <Missed onClose={onMissed} />;
    throw error;
  }
}

function Missed({ onClose }: { onClose: () => void }) {
  const { missedTitle, missedText, reload } = messages.error;
  return (
    <NativeDialog label={missedTitle} onClose={onClose}>
      <Notice
        title={missedTitle}
        action={
          <span>
            <Button variant="primary" onClick={() => location.reload()}>
              {reload}
            </Button>{' '}
            <Button onClick={onClose}>{messages.dialog.close}</Button>
          </span>
        }
      >
        <p>{missedText}</p>
      </Notice>
    </NativeDialog>
  );
}
