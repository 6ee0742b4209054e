import { useEffect } from 'react';
import { messages } from '../messages/text.ts';

/** What the tab is called. */
export function useTabTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${messages.app.name}`;
  }, [title]);
}
