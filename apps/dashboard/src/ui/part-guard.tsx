import { Component, type ReactNode } from 'react';
import { isLoadFailure } from './load-failure.ts';

interface PartGuardProps {
  /** It could not be loaded; it is not there any more. */
  readonly onMissed: () => void;
  readonly children: ReactNode;
}

/** Around a part that is loaded when it is asked for: the page goes on without it when that fails. */
export class PartGuard extends Component<PartGuardProps, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override componentDidCatch(error: unknown): void {
    if (isLoadFailure(error)) this.props.onMissed();
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    if (isLoadFailure(error)) return null;
    throw error;
  }
}
