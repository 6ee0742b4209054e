import { ListGrid } from '../list/list-grid.tsx';
import type { ListViewProps } from '../list/list-view.ts';
import type { ServiceRow } from './service-row.ts';
import { ServiceTile } from './service-tile.tsx';

/** Always the same function, so that a tile is drawn when its row changes only. */
function tile(row: ServiceRow) {
  return <ServiceTile row={row} />;
}

/** Services side by side. */
export function ServiceGrid(props: ListViewProps<ServiceRow>) {
  return <ListGrid {...props} tile={tile} />;
}
