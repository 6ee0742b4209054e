import { messages } from '../../messages/text.ts';
import { Panel } from '../../ui/panel.tsx';
import { useWidthStep } from '../../ui/use-media.ts';
import { WIDTH_STEPS } from './columns.ts';
import { columnsOf, type ListKind } from './list-kind.ts';
import classes from './list-skeleton.module.css';
import type { StateRow } from './state-row.ts';
import { useLayout } from './use-layout.ts';

const LINES = [62, 48, 70, 55, 66, 44, 58, 50];

/** A list before it is known what is in it, in the size it is going to have. */
export function ListSkeleton<Row extends StateRow>({ kind }: { kind: ListKind<Row> }) {
  const [layout] = useLayout();
  return layout === 'grid' ? <GridSkeleton tilePx={kind.grid.tilePx} /> : <TableSkeleton kind={kind} />;
}

function GridSkeleton({ tilePx }: { tilePx: number }) {
  return (
    <>
      <Panel>
        <div className={classes.toolbar} />
      </Panel>
      <div className={classes.grid} role="status" aria-label={messages.truth.loading}>
        {LINES.map(width => (
          <div key={width} className={classes.tile} style={{ height: tilePx }}>
            <span className={classes.bar} style={{ width: `${width}%` }} />
          </div>
        ))}
      </div>
    </>
  );
}

function TableSkeleton<Row extends StateRow>({ kind }: { kind: ListKind<Row> }) {
  const step = useWidthStep(WIDTH_STEPS);
  const columns = kind.columnsByStep[step] ?? columnsOf(kind);
  const rowPx = step === 0 ? kind.compactRowPx : kind.rowPx;
  return (
    <Panel>
      <div
        className={classes.table}
        style={{ '--row': `${rowPx}px` } as React.CSSProperties}
        role="status"
        aria-label={messages.truth.loading}
      >
        {LINES.map(nameWidth => (
          <div key={nameWidth} className={classes.line}>
            {columns.map(({ key, widthPx }) => (
              <span key={key} className={classes.cell} style={widthPx === null ? { flex: 1 } : { width: widthPx }}>
                <span className={classes.bar} style={{ width: widthPx === null ? `${nameWidth}%` : '70%' }} />
              </span>
            ))}
          </div>
        ))}
      </div>
    </Panel>
  );
}
