import { useState } from 'react';
import { fill, messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import type { ChartModel, ModelSeries, Points } from './chart-model.ts';
import classes from './chart-table.module.css';
import { describeSpan } from './describe.ts';
import { LinesTable } from './lines-table.tsx';
import { pointLabel, utcLabel } from './moments.ts';
import { FEW } from './plot-data.ts';
import { PAGE_ROWS, pageCount, type TableRow, tableRows } from './table-rows.ts';
import { type ChartUnit, formatOr } from './units.ts';

const { charts } = messages;

interface TableProps {
  readonly title: string;
  readonly unit: ChartUnit;
  readonly model: ChartModel;
}

/** The values of a chart in lines, a page of them at a time, newest first. */
export function ChartTable(props: TableProps) {
  return props.model.series.length > FEW ? <LinesTable {...props} /> : <PointsTable {...props} />;
}

function PointsTable({ title, unit, model }: TableProps) {
  const [wished, setPage] = useState(0);
  const page = Math.min(wished, pageCount(model) - 1);
  const caption = fill(charts.tableCaption, { title, count: model.times.length });
  return (
    <div className={classes.root}>
      {/* Who scrolls by keys needs to get there by keys. */}
      <div className={classes.scroll} role="region" aria-label={caption} tabIndex={0}>
        <table className={classes.table}>
          <caption>{caption}</caption>
          <Head series={model.series} />
          <tbody>
            {tableRows(model, page).map(row => (
              <Line key={row.fromMs} unit={unit} series={model.series} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {pageCount(model) > 1 && <Pages model={model} page={page} onPage={setPage} />}
    </div>
  );
}

/** The columns of a line: its average, and its lowest and highest when they are known. */
function columnsOf({ avg, min, max }: ModelSeries): readonly (readonly [name: string, points: Points])[] {
  if (min === null || max === null) return [[charts.column.value, avg]];
  return [
    [charts.column.avg, avg],
    [charts.column.min, min],
    [charts.column.max, max],
  ];
}

function Head({ series }: { series: readonly ModelSeries[] }) {
  const isNamed = series.length > 1;
  const rows = isNamed ? 2 : 1;
  return (
    <thead>
      <tr>
        <th scope="col" rowSpan={rows}>
          {charts.column.time}
        </th>
        {isNamed
          ? series.map(one => (
              <th key={one.key} scope="colgroup" colSpan={columnsOf(one).length} data-group>
                {one.label}
              </th>
            ))
          : series.map(one => <PartNames key={one.key} series={one} />)}
        <th scope="col" rowSpan={rows}>
          {charts.column.state}
        </th>
      </tr>
      {isNamed && (
        <tr>
          {series.map(one => (
            <PartNames key={one.key} series={one} />
          ))}
        </tr>
      )}
    </thead>
  );
}

function PartNames({ series }: { series: ModelSeries }) {
  return columnsOf(series).map(([part]) => (
    <th key={part} scope="col" data-number>
      {part}
    </th>
  ));
}

interface LineProps {
  readonly unit: ChartUnit;
  readonly series: readonly ModelSeries[];
  readonly row: TableRow;
}

function Line({ unit, series, row: { index, fromMs, toMs, spans } }: LineProps) {
  const isMeasured = series.some(({ avg }) => avg[index] != null);
  const state = spans.length > 0 ? spans.map(describeSpan).join('. ') : isMeasured ? charts.measured : charts.noPoint;
  return (
    <tr>
      <th scope="row" title={fill(charts.utc, { moment: utcLabel(fromMs, toMs) })}>
        {pointLabel(fromMs, toMs)}
      </th>
      {series.flatMap(one =>
        columnsOf(one).map(([part, points]) => (
          <td key={`${one.key} ${part}`} data-number>
            {formatOr(unit, points[index], charts.noValue)}
          </td>
        )),
      )}
      <td className={classes.state} data-kind={spans[0]?.kind}>
        {state}
      </td>
    </tr>
  );
}

interface PagesProps {
  readonly model: ChartModel;
  readonly page: number;
  readonly onPage: (page: number) => void;
}

function Pages({ model, page, onPage }: PagesProps) {
  const total = model.times.length;
  const [from, to] = [page * PAGE_ROWS + 1, Math.min(total, (page + 1) * PAGE_ROWS)];
  const isFirst = page === 0;
  const isLast = page === pageCount(model) - 1;
  return (
    <div className={classes.pages}>
      <span role="status">{fill(charts.page, { from, to, total })}</span>
      <Button size="small" variant="quiet" disabled={isFirst} onClick={() => onPage(page - 1)}>
        {charts.newer}
      </Button>
      <Button size="small" variant="quiet" disabled={isLast} onClick={() => onPage(page + 1)}>
        {charts.older}
      </Button>
    </div>
  );
}
