import type { RowPage } from '../list/list-kind.ts';

/** The address of the page about one machine. */
export function machinePage(network: string, machine: string): RowPage {
  return { to: '/machines/$network/$machine', params: { network, machine } };
}
