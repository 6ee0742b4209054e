import type { MetricValues } from '../../api/client.ts';
import { counted, fill, messages } from '../../messages/text.ts';
import { formatBytes, formatLoad, formatPercent, formatRate } from '../../ui/format.ts';
import { type Level, levelOf } from '../../ui/thresholds.ts';
import type { MachineRow } from '../machines/machine-row.ts';

/** One number of now, or two that belong together. */
export interface Tile {
  readonly key: string;
  readonly label: string;
  readonly hint: string;
  readonly figures: readonly Figure[];
  /** Below the number. */
  readonly note: string | null;
  /** How full it is, for a meter. */
  readonly percent: number | null;
  readonly level: Level;
}

interface Figure {
  /** Tells it from the other one. */
  readonly label: string | null;
  /** `null`: there is none. */
  readonly text: string | null;
}

const { tile, tileHint, note } = messages.machine;

/** The numbers of now. One that a machine does not have stays, empty, so that nothing moves when it comes. */
export function tilesOf({ values, agent, fullestMount }: MachineRow): Tile[] {
  const cores = agent?.cores ?? null;
  return [
    percentTile('cpu', values?.cpu, cores === null ? null : counted(note.cores, cores)),
    percentTile('memory', values?.memory, memoryNote(values, agent?.memoryBytes ?? null)),
    percentTile('swap', values?.swap, values !== null && values.swap === null ? note.noSwap : null),
    percentTile('disk', values?.diskFullest ?? values?.disk, mountNote(fullestMount)),
    ratesTile('diskIo', [
      [note.read, values?.diskRead],
      [note.write, values?.diskWrite],
    ]),
    ratesTile('net', [
      [note.in, values?.netIn],
      [note.out, values?.netOut],
    ]),
    loadTile(values?.load1 ?? null, cores),
  ];
}

type Value = number | null | undefined;
type PercentKey = 'cpu' | 'memory' | 'swap' | 'disk';

function percentTile(key: PercentKey, value: Value, text: string | null): Tile {
  const percent = value ?? null;
  const level = percent === null || key === 'swap' ? 'normal' : levelOf(key, percent);
  return { ...base(key), figures: [{ label: null, text: textOf(percent, formatPercent) }], note: text, percent, level };
}

function ratesTile(key: 'diskIo' | 'net', rates: readonly [label: string, value: Value][]): Tile {
  const figures = rates.map(([label, value]) => ({ label, text: textOf(value ?? null, formatRate) }));
  return { ...base(key), figures, note: null, percent: null, level: 'normal' };
}

function loadTile(load: number | null, cores: number | null): Tile {
  const perCore = load === null || cores === null ? null : load / cores;
  return {
    ...base('load'),
    figures: [{ label: null, text: textOf(load, formatLoad) }],
    note: perCore === null ? null : fill(note.perCore, { load: formatLoad(perCore) }),
    percent: perCore === null ? null : Math.min(100, perCore * 100),
    level: perCore === null ? 'normal' : levelOf('loadPerCore', perCore),
  };
}

function base(key: keyof typeof tile): Pick<Tile, 'key' | 'label' | 'hint'> {
  return { key, label: tile[key], hint: tileHint[key] };
}

function memoryNote(values: MetricValues | null, total: number | null): string | null {
  if (values?.memoryUsed == null) return null;
  const used = formatBytes(values.memoryUsed);
  return total === null ? used : fill(messages.machines.memoryHint, { used, total: formatBytes(total) });
}

function mountNote(mount: string | null): string | null {
  return mount === null ? null : fill(note.fullest, { mount });
}

function textOf(value: number | null, format: (value: number) => string): string | null {
  return value === null ? null : format(value);
}
