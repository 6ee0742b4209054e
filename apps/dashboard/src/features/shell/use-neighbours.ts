import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import type { Machine } from '../../api/client.ts';
import { machinesQuery } from '../../api/queries.ts';
import { browserHistory } from '../../ui/browser-history.ts';
import { badnessOf, sortRows } from '../list/sorting.ts';
import { machineRowOf } from '../machines/machine-row.ts';
import { rememberedOrder, rememberOrder } from './home-order.ts';
import { decideStep, pressedKeyOf } from './keys.ts';
import { type Neighbours, neighboursOf } from './neighbours.ts';

const LIST_FRESH_MS = 60_000;

/** The machines before and after this one, as they stood on Home; for who comes by a link, the worst first. */
export function useNeighbours(network: string, machine: string): Neighbours {
  const remembered = rememberedOrder(network, machine);
  const { data } = useQuery({
    ...machinesQuery(network, true),
    staleTime: LIST_FRESH_MS,
    refetchInterval: false,
    enabled: remembered === null,
  });
  const usual = useMemo(() => usualOrder(data?.items ?? []), [data]);
  // Once: a state that changes must not move the machines about while somebody walks along them.
  useEffect(() => {
    if (remembered === null && usual.includes(machine)) rememberOrder(network, usual);
  }, [remembered, usual, network, machine]);
  const names = remembered ?? usual;
  return useMemo(() => neighboursOf(names, machine), [names, machine]);
}

function usualOrder(machines: readonly Machine[]): string[] {
  return sortRows(machines.map(machineRowOf), 'descending', badnessOf);
}

/**
 * Arrow left and right, or j and k, lead to the neighbours. The address keeps its range; the browser's back leads to where
 * one came from.
 */
export function useNeighbourKeys(network: string, shown: Neighbours): void {
  const navigate = useNavigate();
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const step = decideStep(pressedKeyOf(event));
      if (step === null) return;
      const machine = (neighboursNow(network) ?? shown)[step];
      if (machine === null) return;
      event.preventDefault();
      void navigate({ to: '/machines/$network/$machine', params: { network, machine }, search: true, replace: true });
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [navigate, network, shown]);
}

/** By the address, which is ahead of the page while keys come faster than pages are drawn. */
function neighboursNow(network: string): Neighbours | null {
  const part = browserHistory().location.pathname.split('/').at(-1) ?? '';
  // Any address can be typed in; one that cannot be read is no machine's.
  if (/%(?![0-9a-f]{2})/i.test(part)) return null;
  const machine = decodeURIComponent(part);
  const names = rememberedOrder(network, machine);
  return names === null ? null : neighboursOf(names, machine);
}
