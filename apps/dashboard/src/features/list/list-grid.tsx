import { memo, type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { fill } from '../../messages/text.ts';
import type { Look } from './columns.ts';
import { GroupHead } from './group-head.tsx';
import classes from './list-grid.module.css';
import type { ListKind } from './list-kind.ts';
import type { ListViewProps } from './list-view.ts';
import type { RowStore } from './row-store.ts';
import type { StateRow } from './state-row.ts';
import { useLook } from './use-look.ts';
import { useRow } from './use-row.ts';
import { useVisibleParts } from './use-visible-parts.ts';

const GAP_PX = 8;
const HEAD_PX = 34;
/** As narrow as a tile may be before there is one less of them side by side. */
const TILE_PX = 232;

interface GridProps<Row extends StateRow> extends ListViewProps<Row> {
  readonly tile: DrawTile<Row>;
}

/** Plain elements only: this is drawn some hundred times a second. */
type DrawTile<Row> = (row: Row, look: Look) => ReactNode;

/** The tiles that are in view, as many side by side as there is room for. */
export function ListGrid<Row extends StateRow>(props: GridProps<Row>) {
  const { tile, kind, network, store, partsFor, groupedBy, onFold, hold, press, onWatch } = props;
  const element = useRef<HTMLDivElement>(null);
  const perLine = usePerLine(element);
  const parts = useMemo(() => partsFor(perLine), [partsFor, perLine]);
  const { tilePx } = kind.grid;
  const sizes = { headPx: HEAD_PX + GAP_PX, rowPx: tilePx + GAP_PX };
  const { visible, beforePx, afterPx } = useVisibleParts({ element, parts, ...sizes, onWatch });
  const style = { '--tile': `${tilePx}px`, '--head': `${HEAD_PX}px`, '--gap': `${GAP_PX}px`, '--per-line': perLine };
  return (
    <div
      ref={element}
      className={classes.grid}
      style={style as React.CSSProperties}
      role="list"
      aria-label={fill(kind.texts.caption, { network })}
      {...hold}
      {...press}
    >
      <div style={{ height: beforePx }} aria-hidden="true" />
      {visible.map(({ part }) =>
        part.kind === 'head' ? (
          <div key={part.key} className={classes.head} role="listitem">
            <GroupHead label={groupedBy} group={part.group} isFolded={part.isFolded} onFold={onFold} />
          </div>
        ) : (
          <div key={part.key} className={classes.line} role="presentation">
            {part.names.map(name => (
              <ListTile key={name} {...{ tile, kind, store, name }} />
            ))}
          </div>
        ),
      )}
      <div style={{ height: afterPx }} aria-hidden="true" />
    </div>
  );
}

interface TileProps<Row extends StateRow> {
  readonly tile: DrawTile<Row>;
  readonly kind: ListKind<Row>;
  readonly store: RowStore<Row>;
  readonly name: string;
}

function TileOfRow<Row extends StateRow>({ tile, kind, store, name }: TileProps<Row>) {
  const row = useRow(store, name);
  const look = useLook(kind, row, false);
  if (row === undefined) return null;
  return (
    <div className={classes.tile} role="listitem" data-row={name} data-state={row.state}>
      {tile(row, look)}
    </div>
  );
}

/** One tile. It draws itself when its own row changes, and for no other reason. */
const ListTile = memo(TileOfRow) as typeof TileOfRow;

function usePerLine(element: React.RefObject<HTMLElement | null>): number {
  const [perLine, setPerLine] = useState(1);
  useLayoutEffect(() => {
    if (element.current === null) return;
    const measure = (): void =>
      setPerLine(Math.max(1, Math.floor(((element.current?.clientWidth ?? 0) + GAP_PX) / (TILE_PX + GAP_PX))));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return perLine;
}
