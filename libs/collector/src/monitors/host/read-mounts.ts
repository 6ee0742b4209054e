import { fsSize } from 'systeminformation';
import { asText } from '../../reading/shape.ts';
import type { Mount } from './host-reading.ts';

/** The mounted file systems that hold data, as df sees them. Starts one `df`. */
export async function readMounts(): Promise<readonly Mount[]> {
  const systems = await fsSize();
  return systems.flatMap(system => {
    const path = asText(system.mount);
    return path === null
      ? []
      : [{ path, usedBytes: system.used, availableBytes: system.available, totalBytes: system.size }];
  });
}
