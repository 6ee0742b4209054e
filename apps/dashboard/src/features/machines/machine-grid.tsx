import type { Look } from '../list/columns.ts';
import { ListGrid } from '../list/list-grid.tsx';
import type { ListViewProps } from '../list/list-view.ts';
import type { MachineRow } from './machine-row.ts';
import { MachineTile } from './machine-tile.tsx';

/** Always the same function, so that a tile is drawn when its row changes only. */
function tile(row: MachineRow, look: Look) {
  return <MachineTile row={row} look={look} />;
}

/** Machines side by side. */
export function MachineGrid(props: ListViewProps<MachineRow>) {
  return <ListGrid {...props} tile={tile} />;
}
