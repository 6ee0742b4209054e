import { fill, messages } from '../../messages/text.ts';
import { Bar } from '../../ui/bar.tsx';
import { useClockValue } from '../../ui/clock-context.ts';
import { formatDuration, formatFullMoment } from '../../ui/format.ts';
import { NO_VALUE } from '../list/no-value.tsx';
import type { MachineRow } from '../machines/machine-row.ts';
import { utcHint } from './utc-hint.ts';
import classes from './live-tiles.module.css';
import { type Tile, tilesOf } from './tiles.ts';

const { machine: texts } = messages;

interface LiveTilesProps {
  readonly row: MachineRow;
  /** They are the last known ones. */
  readonly isStale: boolean;
}

/** The numbers of this second, or the last there were, said to be so. */
export function LiveTiles({ row, isStale }: LiveTilesProps) {
  // Seven dashes would say the same seven times.
  if (row.values === null) return <p className={classes.said}>{texts.noValues}</p>;
  return (
    <div className={classes.tiles}>
      {isStale && row.valuesAt !== null && <LastKnown at={row.valuesAt} />}
      <dl aria-label={texts.now}>
        {tilesOf(row).map(tile => (
          <TileItem key={tile.key} tile={tile} isStale={isStale} />
        ))}
      </dl>
    </div>
  );
}

function LastKnown({ at }: { at: number }) {
  const ago = useClockValue(now => formatDuration((now - at) / 1000, 2));
  return (
    <p className={classes.said} title={utcHint(at)}>
      {fill(texts.stale, { moment: formatFullMoment(at), ago })}
    </p>
  );
}

function TileItem({ tile, isStale }: { tile: Tile; isStale: boolean }) {
  const { label, hint, figures, note, percent, level } = tile;
  const shown = isStale ? 'stale' : level;
  return (
    <div className={classes.tile} data-level={shown} title={hint}>
      <dt>
        {label}
        {!isStale && level !== 'normal' && <b>{texts.level[level]}</b>}
      </dt>
      <dd>
        <span className={classes.figures} data-pair={figures.length > 1}>
          {figures.map(figure => (
            <span key={figure.label} className={classes.figure}>
              {figure.text ?? NO_VALUE} {figure.label !== null && <small>{figure.label}</small>}
            </span>
          ))}
        </span>
        {figures.length === 1 && (
          <>
            <Bar share={(percent ?? 0) / 100} level={shown} className={classes.track} />
            <span className={classes.note}>{note ?? '\u00a0'}</span>
          </>
        )}
      </dd>
    </div>
  );
}
