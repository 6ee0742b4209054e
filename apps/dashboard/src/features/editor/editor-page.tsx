import { useQuery } from '@tanstack/react-query';
import { networksQuery } from '../../api/queries.ts';
import { messages } from '../../messages/text.ts';
import { PageHeader } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useTabTitle } from '../../ui/use-tab-title.ts';
import { useUrlParam } from '../../ui/use-url-param.ts';
import { NoNetworks, ReadFailed, UnknownNetwork } from '../network/network-states.tsx';
import { useNetworkName } from '../network/use-network-name.ts';
import { EditorSkeleton } from './editor-frame.tsx';
import classes from './editor-page.module.css';
import { NetworkEditor } from './network-editor.tsx';

/** The page at `/settings/machines`: which machines a network watches. */
export function EditorPage() {
  useTabTitle(messages.editor.title);
  const networks = useQuery(networksQuery);
  const network = useNetworkName();
  const [, choose] = useUrlParam('network');
  if (networks.data === undefined) {
    if (networks.error === null) return <EditorSkeleton />;
    return (
      <Blank>
        <ReadFailed error={networks.error} onRetry={() => void networks.refetch()} />
      </Blank>
    );
  }
  const first = networks.data[0]?.network;
  if (network === undefined || first === undefined) {
    return (
      <Blank>
        <NoNetworks />
      </Blank>
    );
  }
  if (!networks.data.some(known => known.network === network)) {
    return (
      <Blank>
        <UnknownNetwork network={network} first={first} onShow={() => choose('')} />
      </Blank>
    );
  }
  return <NetworkEditor key={network} network={network} />;
}

/** A page without a network. */
function Blank({ children }: { children: React.ReactNode }) {
  return (
    <>
      <div className={classes.head}>
        <PageHeader title={messages.editor.title} />
      </div>
      <Panel>{children}</Panel>
    </>
  );
}
