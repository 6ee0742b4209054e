import type { Network, StateCounts } from '../../api/client.ts';
import { counted, fill, messages, type PluralForms } from '../../messages/text.ts';

/** How many machines and services are in which state. */
export type Counts = Pick<Network, 'machines' | 'services'>;

/** The states worth a word, the worst first. */
export const TROUBLE = ['down', 'degraded', 'unknown', 'maintenance'] as const;

/** One sentence that tells how the network is: "5 machines, 1 down", "5 machines, all up · 2 services, all up". */
export function truthOf({ machines, services }: Counts): string {
  const { truth } = messages;
  const parts = [partOf(machines, truth.machines), partOf(services, truth.services)].filter(part => part !== null);
  return parts.length === 0 ? truth.none : parts.join(' · ');
}

function partOf(counts: StateCounts, forms: PluralForms): string | null {
  if (counts.total === 0) return null;
  const bad = troubleOf(counts);
  return [counted(forms, counts.total), ...(bad.length > 0 ? bad : [messages.truth.allUp])].join(', ');
}

/** What is not as it should be, the worst first: "1 down", "2 unknown". */
export function troubleOf(counts: StateCounts): string[] {
  return TROUBLE.filter(state => counts[state] > 0).map(state =>
    fill(messages.truth.part[state], { count: counts[state] }),
  );
}

/** Which icon the tab shows. */
export function iconOf({ machines, services }: Counts): 'normal' | 'warning' | 'down' {
  if (machines.down + services.down > 0) return 'down';
  return machines.degraded + services.degraded > 0 ? 'warning' : 'normal';
}
