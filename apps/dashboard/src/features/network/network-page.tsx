import { useQuery } from '@tanstack/react-query';
import { isNoAnswer } from '../../api/api-error.ts';
import { networksQuery } from '../../api/queries.ts';
import { messages } from '../../messages/text.ts';
import { Page } from '../../ui/page.tsx';
import { useUrlParam } from '../../ui/use-url-param.ts';
import { ListSkeleton } from '../list/list-skeleton.tsx';
import { MACHINE_LIST } from '../machines/machine-list.tsx';
import { Headline } from './headline.tsx';
import { NoNetworks, ReadFailed, UnknownNetwork } from './network-states.tsx';
import { NetworkView } from './network-view.tsx';
import classes from './network-page.module.css';
import { useTabTruth } from './use-tab-truth.ts';

/** The page at `/`: the machines and services of one network. */
export function NetworkPage() {
  return (
    <Page>
      <ChosenNetwork />
    </Page>
  );
}

function ChosenNetwork() {
  const [chosen, choose] = useUrlParam('network');
  const networks = useQuery(networksQuery);
  const first = networks.data?.[0]?.network;
  const network = networks.data?.find(known => known.network === chosen || chosen === '');
  if (network !== undefined) return <NetworkView key={network.network} network={network} />;
  if (networks.data === undefined) {
    return networks.error === null ? (
      <Loading />
    ) : (
      <Blank sentence={isNoAnswer(networks.error) ? messages.truth.unreachable : messages.truth.failed}>
        <ReadFailed error={networks.error} onRetry={() => void networks.refetch()} />
      </Blank>
    );
  }
  return (
    <Blank sentence={first === undefined ? messages.truth.none : messages.truth.noNetwork}>
      {first === undefined ? (
        <NoNetworks />
      ) : (
        <UnknownNetwork network={chosen} first={first} onShow={() => choose('')} />
      )}
    </Blank>
  );
}

function Loading() {
  return (
    <Blank sentence={messages.truth.loading}>
      <div className={classes.waitingTabs} />
      <div className={classes.waitingCounters} />
      <ListSkeleton kind={MACHINE_LIST} />
    </Blank>
  );
}

/** A page without a network. */
function Blank({ sentence, children }: { sentence: string; children: React.ReactNode }) {
  useTabTruth(null, sentence);
  return (
    <>
      <Headline truth={sentence} />
      {children}
    </>
  );
}
