import { type ReactNode, useEffect, useState } from 'react';
import { isServerThere } from '../api/client.ts';
import { messages } from '../messages/text.ts';
import { shouldReload } from './load-failure.ts';
import { Notice } from './notice.tsx';

const RETRY_EVERY_MS = 5_000;

/**
 * In place of what could not be loaded. A browser remembers that it could not, so the page begins anew when somebody answers.
 *
 * @param otherwise what is shown when somebody does, and it would not help
 */
export function NotLoaded({ otherwise }: { otherwise: ReactNode }) {
  const [isHopeless, setIsHopeless] = useState(false);
  useEffect(() => {
    let wasSilent = false;
    const ask = async (): Promise<void> => {
      const isThere = await isServerThere(AbortSignal.timeout(RETRY_EVERY_MS));
      if (isThere && shouldReload(wasSilent, performance.now())) location.reload();
      else if (isThere) setIsHopeless(true);
      wasSilent ||= !isThere;
    };
    void ask();
    const timer = setInterval(() => void ask(), RETRY_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  if (isHopeless) return otherwise;
  return (
    <Notice title={messages.truth.unreachable}>
      <p role="alert">{messages.error.no_answer}</p>
      <p>{messages.error.retrying}</p>
    </Notice>
  );
}
