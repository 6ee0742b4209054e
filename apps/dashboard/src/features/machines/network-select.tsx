import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { networksQuery } from '../../api/queries.ts';
import { messages } from '../../messages/text.ts';
import { useUrlParam } from '../../ui/use-url-param.ts';
import { TROUBLE } from './truth.ts';

/** Chooses the network; with only one there is nothing to choose, and its name is enough. */
export function NetworkSelect() {
  const [chosen, choose] = useUrlParam('network');
  const { data: networks = [] } = useQuery(networksQuery);
  const [first] = networks;
  if (first === undefined) return null;
  if (networks.length === 1) return <span>{first.network}</span>;
  return (
    <NativeSelect
      size="xs"
      aria-label={messages.network.label}
      value={chosen === '' ? first.network : chosen}
      onChange={event => choose(event.currentTarget.value)}
      data={networks.map(({ network, machines }) => ({ value: network, label: labelOf(network, machines) }))}
    />
  );
}

/** A network that is in trouble says so before it is chosen. */
function labelOf(network: string, machines: Readonly<Record<(typeof TROUBLE)[number], number>>): string {
  const worst = TROUBLE.find(state => machines[state] > 0);
  if (worst === undefined) return network;
  return `${network} · ${messages.truth.part[worst].replace('{count}', String(machines[worst]))}`;
}
