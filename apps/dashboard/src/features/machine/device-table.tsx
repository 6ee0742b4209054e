import { useState } from 'react';
import type { DeviceName } from '../../api/machine-client.ts';
import { counted, fill, messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Meter } from '../../ui/meter.tsx';
import { NO_VALUE } from '../list/no-value.tsx';
import type { DeviceLine } from './device-lines.ts';
import classes from './device-table.module.css';

const { machine: texts } = messages;

/** A host of containers has hundreds. */
const SHOWN = 8;

interface DeviceTableProps {
  readonly title: string;
  /** What the columns are called; the first names the device. */
  readonly columns: readonly string[];
  /** `null`: there are none to show. */
  readonly lines: readonly DeviceLine[] | null;
  /** What is said when there is not one. */
  readonly none: string;
  /** Why there are none to show. */
  readonly why: string | null;
  readonly chosen: DeviceName | null;
  /** Left out: nobody may see the past of one. */
  readonly onChoose: ((device: DeviceName | null) => void) | undefined;
}

/** Mounts or interfaces with their numbers of now. */
export function DeviceTable({ title, columns, lines, none, why, chosen, onChoose }: DeviceTableProps) {
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? lines : lines?.slice(0, SHOWN);
  const more = (lines?.length ?? 0) - (shown?.length ?? 0);
  return (
    <div className={classes.panel}>
      <h3 className={classes.title}>{title}</h3>
      {shown === undefined || shown === null ? (
        <p className={classes.said}>{why ?? '\u00a0'}</p>
      ) : shown.length === 0 ? (
        <p className={classes.said}>{none}</p>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              {columns.map((column, index) => (
                <th key={column} scope="col" data-align={index === 0 ? undefined : 'right'}>
                  {column}
                </th>
              ))}
              {onChoose !== undefined && (
                <th scope="col">
                  <span className={classes.spoken}>{texts.mountColumn.chart}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {shown.map(line => (
              <Line key={line.name} line={line} isChosen={isSame(line.device, chosen)} onChoose={onChoose} />
            ))}
          </tbody>
        </table>
      )}
      {more > 0 && (
        <div className={classes.more}>
          <Button size="small" variant="quiet" onClick={() => setIsWhole(true)}>
            {counted(texts.showAll, more)}
          </Button>
        </div>
      )}
    </div>
  );
}

interface LineProps extends Pick<DeviceTableProps, 'onChoose'> {
  readonly line: DeviceLine;
  readonly isChosen: boolean;
}

function Line({ line: { name, device, cells }, isChosen, onChoose }: LineProps) {
  const label = fill(isChosen ? texts.deviceChartHide : texts.deviceChart, { name });
  return (
    <tr data-chosen={isChosen}>
      <th scope="row" title={name}>
        {name}
      </th>
      {cells.map(({ text, before, percent, level }, index) => (
        <td key={index} data-align="right">
          {text !== null && percent !== null ? (
            <Meter text={text} percent={percent} level={level} isStale={false} />
          ) : (
            <>
              {before !== undefined && <span className={classes.before}>{before} </span>}
              {text ?? NO_VALUE}
            </>
          )}
        </td>
      ))}
      {onChoose !== undefined && (
        <td className={classes.act}>
          <button
            type="button"
            aria-label={label}
            title={label}
            aria-pressed={isChosen}
            onClick={() => onChoose(isChosen ? null : device)}
          >
            <Icon name="chart" />
          </button>
        </td>
      )}
    </tr>
  );
}

function isSame(a: DeviceName, b: DeviceName | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
