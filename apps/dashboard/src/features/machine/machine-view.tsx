import { useDeferredValue, useMemo } from 'react';
import { isNoAnswer } from '../../api/api-error.ts';
import type { Machine } from '../../api/client.ts';
import type { MachineName } from '../../api/machine-client.ts';
import { fill, messages } from '../../messages/text.ts';
import { Panel } from '../../ui/panel.tsx';
import { type TabIcon, useTabIcon } from '../../ui/use-tab-icon.ts';
import { useTabTitle } from '../../ui/use-tab-title.ts';
import { useSession } from '../account/use-session.ts';
import type { MachineRow } from '../machines/machine-row.ts';
import { ContactLost } from '../network/contact-lost.tsx';
import { Devices } from './devices.tsx';
import { FactsBar } from './facts-bar.tsx';
import { isRefusal } from './is-refusal.ts';
import { LiveCharts } from './live-charts.tsx';
import { LiveTiles } from './live-tiles.tsx';
import { MachineHeader } from './machine-header.tsx';
import { MachinePast } from './machine-past.tsx';
import classes from './machine-view.module.css';
import { ChartsSkeleton, MachineFailed, MachineSkeleton } from './machine-states.tsx';
import { NeighbourLinks } from './neighbour-links.tsx';
import { StateCard } from './state-card.tsx';
import { type LiveMachine, useLiveMachine } from './use-live-machine.ts';
import { useIsStale } from './use-is-stale.ts';

interface MachineViewProps {
  readonly name: MachineName;
}

/** One machine, from the first byte to the last reconnect. */
export function MachineView({ name: given }: MachineViewProps) {
  const { network, machine } = given;
  const name = useMemo(() => ({ network, machine }), [network, machine]);
  const live = useLiveMachine(name);
  const session = useSession();
  const { row, error } = live;
  // What is drawn with the first answer is much: in pieces, between which a finger is felt.
  const read = useDeferredValue(live.machine);
  const isRefused = error !== null && isRefusal(error);
  const isLost = row !== undefined && error !== null && !isRefused && live.status !== 'live';
  useTabTitle(tabTitle(machine, isLost || isRefused ? undefined : row, error));
  useTabIcon(isLost || isRefused ? 'normal' : iconOf(row));
  return (
    <>
      <MachineHeader name={name} row={isRefused ? undefined : row}>
        <NeighbourLinks name={name} />
      </MachineHeader>
      {isLost && <ContactLost heardAt={live.heardAt()} />}
      {isRefused || (error !== null && row === undefined) ? (
        <MachineFailed name={name} error={error} onRetry={live.onRetry} />
      ) : row === undefined || read === undefined || session === undefined ? (
        <MachineSkeleton />
      ) : (
        <Known
          name={name}
          live={{ ...live, row, machine: read }}
          isLost={isLost}
          mayPast={session.account?.permissions.includes('history:read') ?? false}
        />
      )}
    </>
  );
}

interface KnownProps extends MachineViewProps {
  readonly live: LiveMachine & { readonly row: MachineRow; readonly machine: Machine };
  readonly isLost: boolean;
  readonly mayPast: boolean;
}

function Known({ name, live: { machine, row, buffer, status }, isLost, mayPast }: KnownProps) {
  const isOld = useIsStale(row);
  const isPaused = machine.pause != null;
  const isStale = isOld || (isLost && row.valuesAt !== null);
  // The charts are many: how it is now is on the screen before the first of them is begun.
  const isBegun = useDeferredValue(true, false);
  return (
    <>
      <StateCard machine={machine} row={row} />
      <Panel>
        <div className={classes.figures}>
          <FactsBar machine={machine} row={row} isStale={isStale} />
          <LiveTiles row={row} isStale={isStale} />
        </div>
      </Panel>
      {!isBegun ? (
        <ChartsSkeleton />
      ) : mayPast ? (
        <MachinePast name={name} row={row} buffer={buffer} isStreaming={status === 'live'} isPaused={isPaused} />
      ) : (
        <>
          <LiveCharts row={row} buffer={buffer} />
          <Devices name={name} isPaused={isPaused} range={null} />
        </>
      )}
    </>
  );
}

/** @param row `undefined`: nothing is known of it, or what is known is not true any more */
function tabTitle(machine: string, row: MachineRow | undefined, error: Error | null): string {
  const { title, loading, missing } = messages.machine;
  if (row !== undefined) return fill(title[row.state], { machine });
  if (error === null) return fill(loading, { machine });
  if (isRefusal(error)) return fill(missing, { machine });
  return isNoAnswer(error) ? messages.truth.unreachable : messages.truth.failed;
}

function iconOf(row: MachineRow | undefined): TabIcon {
  if (row?.state === 'down') return 'down';
  return row?.state === 'degraded' ? 'warning' : 'normal';
}
