import type { DeviceName, Interface, Mount } from '../../api/machine-client.ts';
import { fill, messages } from '../../messages/text.ts';
import { formatBytes, formatPercent, formatRate } from '../../ui/format.ts';
import { type Level, levelOf } from '../../ui/thresholds.ts';

/** A line of a table of mounts or interfaces. */
export interface DeviceLine {
  readonly name: string;
  readonly device: DeviceName;
  readonly cells: readonly DeviceCell[];
}

interface DeviceCell {
  /** `null`: not known. */
  readonly text: string | null;
  /** Before the text, where there is room. */
  readonly before?: string;
  /** For a meter beside the text; `null`: the text is all. */
  readonly percent: number | null;
  readonly level: Level;
}

/** @param mounts `undefined`: not read yet; `null`: they could not be read */
export function mountLines(mounts: readonly Mount[] | null | undefined): DeviceLine[] | null {
  if (mounts == null) return null;
  return mounts.map(({ mount, usedPercent, usedBytes, totalBytes }) => ({
    name: mount,
    device: { mount },
    cells: [percentCell(usedPercent), sizeCell(usedBytes, totalBytes)],
  }));
}

/** @param interfaces `undefined`: not read yet; `null`: they could not be read */
export function interfaceLines(interfaces: readonly Interface[] | null | undefined): DeviceLine[] | null {
  if (interfaces == null) return null;
  return interfaces.map(({ name, in: received, out }) => ({
    name,
    device: { interface: name },
    cells: [rateCell(received), rateCell(out)],
  }));
}

function percentCell(percent: number | null): DeviceCell {
  if (percent === null) return textCell(null);
  return { text: formatPercent(percent), percent, level: levelOf('disk', percent) };
}

function sizeCell(usedBytes: number, totalBytes: number): DeviceCell {
  const before = fill(messages.machine.usedOf, { used: formatBytes(usedBytes) });
  return { ...textCell(formatBytes(totalBytes)), before };
}

function rateCell(rate: number | null): DeviceCell {
  return textCell(rate === null ? null : formatRate(rate));
}

function textCell(text: string | null): DeviceCell {
  return { text, percent: null, level: 'normal' };
}
