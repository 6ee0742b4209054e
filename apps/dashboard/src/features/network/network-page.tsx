import { useQuery } from '@tanstack/react-query';
import { isNoAnswer } from '../../api/api-error.ts';
import { networksQuery } from '../../api/queries.ts';
import { messages } from '../../messages/text.ts';
import { Footer } from '../../ui/footer.tsx';
import { TopBar } from '../../ui/top-bar.tsx';
import { useUrlParam } from '../../ui/use-url-param.ts';
import { AccountMenu } from '../account/account-menu.tsx';
import { useStaySignedIn } from '../account/use-session.ts';
import { ListSkeleton } from '../list/list-skeleton.tsx';
import { MACHINE_LIST } from '../machines/machine-list.tsx';
import { Headline } from './headline.tsx';
import classes from './network-page.module.css';
import { NetworkSelect } from './network-select.tsx';
import { NoNetworks, ReadFailed, UnknownNetwork } from './network-states.tsx';
import { NetworkView } from './network-view.tsx';
import { useTabTruth } from './use-tab-truth.ts';

/** The page at `/`: the machines and services of one network. */
export function NetworkPage() {
  useStaySignedIn();
  return (
    <>
      <TopBar end={<AccountMenu />} hasList>
        <NetworkSelect />
      </TopBar>
      <main className={classes.page} id="main">
        <ChosenNetwork />
      </main>
      <Footer />
    </>
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
      <ListSkeleton kind={MACHINE_LIST} />
    </Blank>
  );
}

/** A page without a network. */
function Blank({ sentence, children }: { sentence: string; children: React.ReactNode }) {
  useTabTruth(null, sentence);
  return (
    <>
      <Headline truth={sentence} status={null} />
      {children}
    </>
  );
}
