import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeviceName, Devices as DevicesAnswer, MachineName } from '../../api/machine-client.ts';
import { devicesQuery } from '../../api/machine-queries.ts';
import { messages } from '../../messages/text.ts';
import type { ChartRange } from '../charts/range.ts';
import { DeviceChart } from './device-chart.tsx';
import { DeviceTable } from './device-table.tsx';
import classes from './devices.module.css';
import { interfaceLines, mountLines } from './device-lines.ts';

const { machine: texts } = messages;

interface DevicesProps {
  readonly name: MachineName;
  /** Whether it is not to be asked at the moment. */
  readonly isPaused: boolean;
  /** Which time a chart of one of them shows; `null`: whoever looks may not see the past. */
  readonly range: ChartRange | null;
  readonly onZoom?: (fromMs: number, toMs: number) => void;
  readonly onBack?: (() => void) | undefined;
}

/** What single mounts and interfaces do, without anybody having named them before. */
export function Devices({ name, isPaused, range, onZoom, onBack }: DevicesProps) {
  const { data, error } = useQuery({ ...devicesQuery(name), enabled: !isPaused });
  const known = isPaused ? null : data;
  const [chosen, choose] = useState<DeviceName | null>(null);
  const shared = {
    why: isPaused ? texts.devicesPaused : whyNot(data, error),
    chosen,
    onChoose: range === null ? undefined : choose,
  };
  const isMount = chosen !== null && 'mount' in chosen;
  const chart = range !== null && chosen !== null && (
    <div className={classes.chart}>
      <DeviceChart name={name} device={chosen} range={range} onZoom={onZoom} onBack={onBack} />
    </div>
  );
  return (
    <section className={classes.devices} aria-label={texts.devices}>
      <DeviceTable
        {...shared}
        title={texts.mounts}
        none={texts.mountsNone}
        columns={[texts.mountColumn.mount, texts.mountColumn.used, texts.mountColumn.size]}
        lines={mountLines(known?.mounts)}
      />
      {/* On a phone beneath its own table, elsewhere beneath both. */}
      {isMount && chart}
      <DeviceTable
        {...shared}
        title={texts.interfaces}
        none={texts.interfacesNone}
        columns={[texts.interfaceColumn.name, texts.interfaceColumn.in, texts.interfaceColumn.out]}
        lines={interfaceLines(known?.interfaces)}
      />
      {!isMount && chart}
    </section>
  );
}

/** Why there is nothing in the tables; `null`: there is, or it is on its way. */
function whyNot(data: DevicesAnswer | undefined, error: Error | null): string | null {
  if (data === undefined) return error === null ? null : texts.devicesFailed;
  if (data.reason === null) return null;
  return data.detail ?? texts.devicesFailed;
}
