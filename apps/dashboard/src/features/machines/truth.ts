import type { MachineCounts } from '../../api/client.ts';
import { counted, fill, messages } from '../../messages/text.ts';

/** The states worth a word, the worst first. */
export const TROUBLE = ['down', 'degraded', 'unknown', 'maintenance'] as const;

/** One sentence that tells how the network is: "5 machines, 1 down", "5 machines, all up". */
export function truthOf(counts: MachineCounts): string {
  if (counts.total === 0) return messages.truth.none;
  const machines = counted(messages.truth.machines, counts.total);
  const parts = TROUBLE.filter(state => counts[state] > 0).map(state =>
    fill(messages.truth.part[state], { count: counts[state] }),
  );
  return [machines, ...(parts.length > 0 ? parts : [messages.truth.allUp])].join(', ');
}

/** Which icon the tab shows. */
export function iconOf(counts: MachineCounts): 'normal' | 'warning' | 'down' {
  if (counts.down > 0) return 'down';
  return counts.degraded > 0 ? 'warning' : 'normal';
}
