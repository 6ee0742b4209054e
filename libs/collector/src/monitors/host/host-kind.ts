import type { BuiltInKind } from '../monitor.ts';
import { HostMonitor } from './host-monitor.ts';
import { HostSampler } from './host-sampler.ts';
import { PortableSource } from './portable-source.ts';
import { ProcSource } from './proc-source.ts';

/** The machine that distomon itself runs on, without any agent. */
export const HOST: BuiltInKind = {
  kind: 'host',
  gives: 'metrics',
  needs: 'host',
  parameters: {},
  create: ({ clock, hostSamples }) => {
    const source = process.platform === 'linux' ? new ProcSource() : new PortableSource();
    return new HostMonitor(clock, new HostSampler(clock, source), hostSamples);
  },
};
