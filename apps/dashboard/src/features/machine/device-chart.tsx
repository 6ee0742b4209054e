import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useContext, useMemo } from 'react';
import type { DeviceHistory, DeviceName, MachineName } from '../../api/machine-client.ts';
import { deviceHistoryQuery } from '../../api/machine-queries.ts';
import { fill, messages } from '../../messages/text.ts';
import { ClockContext } from '../../ui/clock-context.ts';
import { formatFullMoment } from '../../ui/format.ts';
import { ChartCard } from '../charts/chart-card.tsx';
import type { SeriesWish } from '../charts/history-model.ts';
import { historyModel } from '../charts/history-model.ts';
import { parsePast } from '../charts/past.ts';
import { type ChartRange, wordsOf } from '../charts/range.ts';
import classes from './devices.module.css';

const { machine: texts } = messages;

const MOUNT: readonly SeriesWish[] = [{ column: 'usedPercent', label: texts.mountColumn.used }];
const INTERFACE: readonly SeriesWish[] = [
  { column: 'in', label: texts.line.in },
  { column: 'out', label: texts.line.out },
];

interface DeviceChartProps {
  readonly name: MachineName;
  readonly device: DeviceName;
  readonly range: ChartRange;
  readonly onZoom?: ((fromMs: number, toMs: number) => void) | undefined;
  readonly onBack?: (() => void) | undefined;
}

/** What the agent remembers of one mount or interface. */
export function DeviceChart({ name, device, range, onZoom, onBack }: DeviceChartProps) {
  const clock = useContext(ClockContext);
  const query = deviceHistoryQuery(name, device, wordsOf(range));
  const { data, error, isPlaceholderData, refetch } = useQuery({ ...query, placeholderData: keepPreviousData });
  const isMount = 'mount' in device;
  const own = data !== undefined && isOf(data, device) ? data : undefined;
  const model = useMemo(
    () => (own === undefined ? null : historyModel(parsePast(own, clock.now()), isMount ? MOUNT : INTERFACE)),
    [own, isMount, clock],
  );
  const state = {
    isLoading: own === undefined && error === null,
    isStale: isPlaceholderData,
    error,
    onRetry: () => void refetch(),
  };
  const title = isMount
    ? fill(texts.deviceUsed, { name: device.mount })
    : fill(texts.deviceTraffic, { name: device.interface });
  return (
    <>
      <ChartCard
        title={title}
        unit={isMount ? 'percent' : 'bytes_per_second'}
        {...(isMount ? { yMax: 100 } : {})}
        model={model}
        state={state}
        group="machine"
        onZoom={onZoom}
        onBack={onBack}
      />
      <p className={classes.note}>
        {range.kind === 'live' && texts.fromLive} {own === undefined ? texts.remembers : noteOf(own)}
      </p>
    </>
  );
}

function isOf({ device }: DeviceHistory, wish: DeviceName): boolean {
  return device.name === ('mount' in wish ? wish.mount : wish.interface);
}

function noteOf({ rows, detail, remembersSince }: DeviceHistory): string {
  if (rows.length === 0) return detail ?? texts.deviceNothing;
  return remembersSince === null
    ? texts.remembers
    : fill(texts.remembersSince, { moment: formatFullMoment(Date.parse(remembersSince)) });
}
