import { fill, messages } from '../../messages/text.ts';
import { type ChartModel, extremesOf, lastOf, meanOf } from './chart-model.ts';
import classes from './chart-table.module.css';
import { type ChartUnit, formatOr } from './units.ts';

const { charts } = messages;

interface LinesTableProps {
  readonly title: string;
  readonly unit: ChartUnit;
  readonly model: ChartModel;
}

/** Of very many lines, what each comes to over the whole range. */
export function LinesTable({ title, unit, model }: LinesTableProps) {
  const caption = fill(charts.linesCaption, { title, count: model.series.length });
  const { line, last, avg, min, max } = charts.column;
  return (
    <div className={classes.root}>
      {/* Who scrolls by keys needs to get there by keys. */}
      <div className={classes.scroll} role="region" aria-label={caption} tabIndex={0}>
        <table className={classes.table}>
          <caption>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{line}</th>
              {[last, avg, min, max].map(name => (
                <th key={name} scope="col" data-number>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {model.series.map(series => (
              <tr key={series.key}>
                <th scope="row">{series.label}</th>
                <Numbers unit={unit} values={numbersOf(series)} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

type Series = ChartModel['series'][number];

function numbersOf(series: Series): readonly (number | null)[] {
  const extremes = extremesOf(series);
  return [lastOf(series.avg), meanOf(series.avg), extremes?.min ?? null, extremes?.max ?? null];
}

function Numbers({ unit, values }: { unit: ChartUnit; values: readonly (number | null)[] }) {
  return values.map((value, index) => (
    <td key={['last', 'avg', 'min', 'max'][index]} data-number>
      {formatOr(unit, value, charts.noValue)}
    </td>
  ));
}
