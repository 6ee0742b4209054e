import { Component, type ReactNode } from 'react';
import { messages } from '../messages/text.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';
import { Page } from './page.tsx';
import { TopBar } from './top-bar.tsx';

interface CrashGuardProps {
  readonly children: ReactNode;
}

/** Catches an error of ours while drawing: a page that says so is better than a blank one. */
export class CrashGuard extends Component<CrashGuardProps, { hasCrashed: boolean }> {
  override state = { hasCrashed: false };

  static getDerivedStateFromError(): { hasCrashed: boolean } {
    return { hasCrashed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasCrashed) return this.props.children;
    return (
      <>
        <TopBar />
        <CrashNotice />
      </>
    );
  }
}

/** In place of the page whose drawing failed. */
export function CrashNotice() {
  return (
    <Page>
      <Notice
        title={messages.error.crashTitle}
        action={
          <Button size="small" onClick={() => location.reload()}>
            {messages.error.reload}
          </Button>
        }
      >
        <p>{messages.error.crashText}</p>
      </Notice>
    </Page>
  );
}
