import type { Permission } from '../../api/account-client.ts';
import { messages } from '../../messages/text.ts';

/** A page that is about a whole network. */
export interface Place {
  readonly to: '/' | '/compare' | '/events';
  readonly label: string;
  /** Who does not have it is not shown the way. */
  readonly permission: Permission;
}

const { nav } = messages.shell;

/** In the order in which people need them. */
export const PLACES: readonly Place[] = [
  { to: '/', label: nav.home, permission: 'metrics:read' },
  { to: '/compare', label: nav.compare, permission: 'history:read' },
  { to: '/events', label: nav.events, permission: 'history:read' },
];
