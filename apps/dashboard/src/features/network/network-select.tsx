import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Network } from '../../api/client.ts';
import { networksQuery } from '../../api/queries.ts';
import { fill, messages } from '../../messages/text.ts';
import { useUrlParam } from '../../ui/use-url-param.ts';
import classes from './network-page.module.css';
import { TROUBLE } from './truth.ts';

/** Chooses the network; with only one there is nothing to choose, and its name is enough. */
export function NetworkSelect() {
  const [chosen, choose] = useUrlParam('network');
  const { data: networks = [] } = useQuery(networksQuery);
  const [first] = networks;
  if (first === undefined) return null;
  if (networks.length === 1) return <span className={classes.name}>{first.network}</span>;
  const current = chosen === '' ? first.network : chosen;
  return (
    <NativeSelect
      size="xs"
      aria-label={messages.network.label}
      value={current}
      onChange={event => choose(event.currentTarget.value)}
      data={networks.map(network => ({
        value: network.network,
        // Of the chosen one the page itself tells, and sooner.
        label: network.network === current ? current : labelOf(network),
      }))}
    />
  );
}

/** A network that is in trouble says so before it is chosen. */
function labelOf({ network, machines, services }: Network): string {
  const worst = TROUBLE.find(state => machines[state] + services[state] > 0);
  if (worst === undefined) return network;
  return `${network} · ${fill(messages.truth.part[worst], { count: machines[worst] + services[worst] })}`;
}
