import { CheckWindowEntity, LatestEntity } from './observation.entities.ts';
import { HostChunkEntity } from './host-chunk.entity.ts';
import { MachineEntity } from './machine.entity.ts';
import { NetworkVersionEntity } from './network-version.entity.ts';
import { OutboxEntity, VerdictEntity, VerdictTransitionEntity } from './verdict.entities.ts';
import { WindowTaskEntity } from './window-task.entity.ts';

/** Every table that is read through the ORM. `metric_row` is not: its columns are derived from the metrics. */
export const ENTITIES = [
  CheckWindowEntity,
  HostChunkEntity,
  LatestEntity,
  MachineEntity,
  NetworkVersionEntity,
  OutboxEntity,
  VerdictEntity,
  VerdictTransitionEntity,
  WindowTaskEntity,
];
