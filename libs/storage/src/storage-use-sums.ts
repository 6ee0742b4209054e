import { resolutionOf, STORED_RESOLUTIONS, type StoredResolution } from './history-tables.ts';
import type { MeasuredTable, NetworkShare, ResolutionUse } from './storage-use.types.ts';

/** What all networks take together, by resolution. Tables without a row have bytes too. */
export function sumUse(tables: readonly MeasuredTable[]): ResolutionUse[] {
  return STORED_RESOLUTIONS.map(resolution =>
    addUp(
      resolution,
      tablesOf(tables, resolution).map(({ bytes, networks }) => ({ bytes, shares: [...networks.values()] })),
    ),
  );
}

/** What each network takes, by resolution; the bytes of a table are shared out by rows. */
export function sumUseByNetwork(tables: readonly MeasuredTable[]): Map<string, ResolutionUse[]> {
  const names = [...new Set(tables.flatMap(({ networks }) => [...networks.keys()]))].sort();
  const shared = tables.map(table => ({ ...table, bytesOf: shareOut(table) }));
  return new Map(names.map(name => [name, useOf(name, shared)]));
}

interface SharedTable extends MeasuredTable {
  readonly bytesOf: ReadonlyMap<string, number>;
}

function useOf(network: string, tables: readonly SharedTable[]): ResolutionUse[] {
  return STORED_RESOLUTIONS.map(resolution =>
    addUp(
      resolution,
      tablesOf(tables, resolution).map(({ networks, bytesOf }) => {
        const share = networks.get(network);
        return { bytes: bytesOf.get(network) ?? 0, shares: share === undefined ? [] : [share] };
      }),
    ),
  );
}

/** The bytes of a table by network, whole ones that sum up to its bytes. */
export function shareOut({ bytes, networks }: MeasuredTable): Map<string, number> {
  const total = rowsOf([...networks.values()]);
  const shares = new Map<string, number>();
  let rows = 0;
  let given = 0;
  for (const [network, share] of networks) {
    rows += share.rows;
    const upToHere = Math.round((bytes * rows) / total);
    shares.set(network, upToHere - given);
    given = upToHere;
  }
  return shares;
}

function tablesOf<T extends MeasuredTable>(tables: readonly T[], resolution: StoredResolution): T[] {
  return tables.filter(({ parent }) => resolutionOf(parent) === resolution);
}

interface Part {
  readonly bytes: number;
  readonly shares: readonly NetworkShare[];
}

function addUp(resolution: StoredResolution, parts: readonly Part[]): ResolutionUse {
  const shares = parts.flatMap(part => part.shares);
  const oldest = Math.min(...shares.map(share => share.oldest.getTime()));
  const newest = Math.max(...shares.map(share => share.newest.getTime()));
  return {
    resolution,
    rows: rowsOf(shares),
    bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
    oldest: shares.length === 0 ? null : new Date(oldest),
    newest: shares.length === 0 ? null : new Date(newest),
  };
}

function rowsOf(shares: readonly NetworkShare[]): number {
  return shares.reduce((sum, share) => sum + share.rows, 0);
}
