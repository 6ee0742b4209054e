import { useBlocker } from '@tanstack/react-router';
import { messages } from '../../messages/text.ts';

/** Asks before a page is left on which something was written and not saved. */
export function useLeaveGuard(isDirty: boolean): void {
  useBlocker({
    disabled: !isDirty,
    enableBeforeUnload: isDirty,
    // Another view of the same page keeps what was written.
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname && !confirm(messages.editor.file.leave),
  });
}
