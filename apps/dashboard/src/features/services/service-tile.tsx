import { formatLatency, formatUptime } from '../../ui/format.ts';
import { messages } from '../../messages/text.ts';
import { NameLine } from '../list/name-line.tsx';
import { Age, StateText } from '../list/state-text.tsx';
import { ServiceCard } from './service-card.tsx';
import { type ServiceRow, targetOf } from './service-row.ts';
import classes from './service-tile.module.css';

const { column } = messages.services;

/** A service as one of many side by side. */
export function ServiceTile({ row }: { row: ServiceRow }) {
  const { latencyMs, uptime, checkedAt } = row;
  const target = targetOf(row);
  return (
    <>
      <NameLine row={row} card={<ServiceCard row={row} />} />
      <div className={classes.under} title={row.state === 'up' ? target : undefined}>
        {row.state === 'up' ? target : <StateText row={row} />}
      </div>
      <div className={classes.facts}>
        <Fact title={column.latency} text={latencyMs === null ? messages.table.noValue : formatLatency(latencyMs)} />
        {uptime !== null && (
          <Fact title={column.day} text={uptime.day === null ? messages.table.noValue : formatUptime(uptime.day)} />
        )}
        <Fact title={column.age} text={<Age at={checkedAt} />} />
      </div>
    </>
  );
}

function Fact({ title, text }: { title: string; text: React.ReactNode }) {
  return (
    <span className={classes.fact}>
      <span className={classes.title}>{title}</span>
      <span>{text}</span>
    </span>
  );
}
