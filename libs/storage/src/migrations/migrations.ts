import { M0001Initial } from './m0001-initial.ts';
import { M0002Services } from './m0002-services.ts';
import { M0003History } from './m0003-history.ts';
import { M0004Accounts } from './m0004-accounts.ts';
import { M0005Events } from './m0005-events.ts';
import { M0006Editing } from './m0006-editing.ts';

/** Every migration in its order. The names are in every database's list of what was applied: they never change. */
export const MIGRATIONS = [
  { name: 'm0001-initial', class: M0001Initial },
  { name: 'm0002-services', class: M0002Services },
  { name: 'm0003-history', class: M0003History },
  { name: 'm0004-accounts', class: M0004Accounts },
  { name: 'm0005-events', class: M0005Events },
  { name: 'm0006-editing', class: M0006Editing },
];
