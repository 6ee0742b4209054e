import { M0001Initial } from './m0001-initial.ts';
import { M0002Services } from './m0002-services.ts';
import { M0003History } from './m0003-history.ts';
import { M0004Accounts } from './m0004-accounts.ts';

/** Every migration in its order. The names are in every database's list of what was applied: they never change. */
export const MIGRATIONS = [
  { name: 'm0001-initial', class: M0001Initial },
  { name: 'm0002-services', class: M0002Services },
  { name: 'm0003-history', class: M0003History },
  { name: 'm0004-accounts', class: M0004Accounts },
];
