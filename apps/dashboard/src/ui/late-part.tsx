import { Component, type ReactNode, Suspense } from 'react';
import { isServerThere } from '../api/client.ts';
import { isLoadFailure } from './load-failure.ts';

const ANSWER_WITHIN_MS = 5_000;

interface LatePartProps {
  /** It could not be loaded; it is not there any more. */
  readonly onMissed: () => void;
  /** What is `lazy`. */
  readonly children: ReactNode;
}

/**
 * Around a part that is loaded when it is asked for: the page goes on without it when that fails. A browser does not load
 * again what it could not, so when somebody answers by then, the page begins anew.
 */
export class LatePart extends Component<LatePartProps, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override componentDidCatch(error: unknown): void {
    if (isLoadFailure(error)) void missed(this.props.onMissed);
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return <Suspense fallback={null}>{this.props.children}</Suspense>;
    if (isLoadFailure(error)) return null;
    throw error;
  }
}

async function missed(onMissed: () => void): Promise<void> {
  if (await isServerThere(AbortSignal.timeout(ANSWER_WITHIN_MS))) location.reload();
  else onMissed();
}
