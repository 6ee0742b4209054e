import type { BuiltInKind } from '../monitor.ts';
import { NetdataMonitor } from './netdata-monitor.ts';

/** A machine through its Netdata agent: live values, and rows from the agent's own memory. */
export const NETDATA: BuiltInKind = {
  kind: 'netdata',
  gives: 'metrics',
  needs: 'netdata',
  parameters: {},
  create: deps => new NetdataMonitor(deps),
};
