import { Component, type ReactNode } from 'react';
import { messages } from '../messages/text.ts';
import { Button } from './button.tsx';
import { isLoadFailure } from './load-failure.ts';
import { NotLoaded } from './not-loaded.tsx';
import { Notice } from './notice.tsx';
import { Page } from './page.tsx';
import { TopBar } from './top-bar.tsx';

interface CrashGuardProps {
  readonly children: ReactNode;
}

/** Catches an error of ours while drawing: a page that says so is better than a blank one. */
export class CrashGuard extends Component<CrashGuardProps, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <>
        <TopBar />
        <CrashNotice error={this.state.error} />
      </>
    );
  }
}

/** In place of the page whose drawing failed. */
export function CrashNotice({ error }: { error: unknown }) {
  return <Page>{isLoadFailure(error) ? <NotLoaded otherwise={<OwnFault />} /> : <OwnFault />}</Page>;
}

function OwnFault() {
  return (
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
  );
}
