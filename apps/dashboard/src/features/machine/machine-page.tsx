import { useParams } from '@tanstack/react-router';
import { Page } from '../../ui/page.tsx';
import { MachineView } from './machine-view.tsx';

/** The page of one machine. */
export function MachinePage() {
  const { network, machine } = useParams({ from: '/shell/machines/$network/$machine' });
  return (
    <Page>
      {/* Another machine begins with nothing of this one. */}
      <MachineView key={`${network}/${machine}`} name={{ network, machine }} />
    </Page>
  );
}
