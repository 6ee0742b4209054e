import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { Network } from '../../api/client.ts';
import { networksQuery } from '../../api/queries.ts';
import { fill, messages } from '../../messages/text.ts';
import { Select } from '../../ui/select.tsx';
import { useUrlParam } from '../../ui/use-url-param.ts';
import classes from './network-page.module.css';
import { TROUBLE } from './truth.ts';
import { useNetworkName } from './use-network-name.ts';

/** Chooses the network; with only one there is nothing to choose, and its name is enough. */
export function NetworkSelect() {
  const current = useNetworkName();
  const choose = useChoose();
  const { data: networks = [] } = useQuery(networksQuery);
  const [first] = networks;
  if (first === undefined || current === undefined) return null;
  if (networks.length === 1) return <span className={classes.name}>{first.network}</span>;
  return (
    <Select
      label={messages.network.label}
      value={current}
      onChange={choose}
      choices={networks.map(network => ({
        value: network.network,
        // Of the chosen one the page itself tells, and sooner.
        label: network.network === current ? current : labelOf(network),
      }))}
    />
  );
}

/** A page of one machine has no counterpart in another network; of the others there is one. */
function useChoose(): (network: string) => void {
  const { network: ofPath } = useParams({ strict: false });
  const [, chooseHere] = useUrlParam('network');
  const navigate = useNavigate();
  return network => (ofPath === undefined ? chooseHere(network) : void navigate({ to: '/', search: { network } }));
}

/** A network that is in trouble says so before it is chosen. */
function labelOf({ network, machines, services }: Network): string {
  const worst = TROUBLE.find(state => machines[state] + services[state] > 0);
  if (worst === undefined) return network;
  return `${network} · ${fill(messages.truth.part[worst], { count: machines[worst] + services[worst] })}`;
}
