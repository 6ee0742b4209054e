import type { MachinePause } from '../../api/editor-client.ts';
import type { MachineEntry } from './machine-entry.ts';

/** Which dialog is open. */
export type Asked =
  | { readonly kind: 'add' }
  | { readonly kind: 'change'; readonly entry: MachineEntry }
  | { readonly kind: 'pause'; readonly names: readonly string[]; readonly pause: MachinePause | null }
  | { readonly kind: 'resume' | 'remove'; readonly names: readonly string[] };
