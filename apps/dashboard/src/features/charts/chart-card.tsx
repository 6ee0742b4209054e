import { type ReactNode, useId, useRef, useState } from 'react';
import { messages } from '../../messages/text.ts';
import { Icon } from '../../ui/icon.tsx';
import { ChartBody } from './chart-body.tsx';
import classes from './chart-card.module.css';
import type { TimeChartProps } from './time-chart-props.ts';
import { useNear } from './use-near.ts';
import type { ChartState } from './use-past.ts';

const { charts } = messages;

export interface ChartCardProps extends Omit<TimeChartProps, 'model'> {
  /** `null`: there is none (yet); see `state`. */
  readonly model: TimeChartProps['model'] | null;
  /** How its values are. Left out: they come by themselves, second by second. */
  readonly state?: ChartState | undefined;
  /** What is measured, for who points at the title. */
  readonly hint?: string | undefined;
  /** Where its values can be downloaded. */
  readonly csvHref?: string | undefined;
  /** The level of its title among the headings of the page. */
  readonly level?: 2 | 3 | undefined;
  /** More controls, before those of the card. */
  readonly headEnd?: ReactNode;
  /** Within something that has a border and a title already. */
  readonly isBare?: boolean | undefined;
}

/** A chart with its title, the same values as a table and as a file. It keeps its height, whatever is known. */
export function ChartCard({ isBare = false, level = 3, ...props }: ChartCardProps) {
  const { title, hint, csvHref, headEnd, model } = props;
  const titleId = useId();
  const Title = level === 2 ? 'h2' : 'h3';
  const card = useRef<HTMLElement>(null);
  const isNear = useNear(card);
  const [isTable, setIsTable] = useState(false);
  return (
    <section ref={card} className={classes.card} data-bare={isBare || undefined} aria-labelledby={titleId}>
      <header className={classes.head} data-long={headEnd !== undefined || undefined}>
        <Title id={titleId} className={classes.title} title={hint}>
          {title}
        </Title>
        <div className={classes.tools}>
          {headEnd}
          <button
            type="button"
            className={classes.tool}
            aria-pressed={isTable}
            disabled={model === null}
            title={isTable ? charts.chartHint : charts.tableHint}
            onClick={() => setIsTable(!isTable)}
          >
            <Icon name="table" />
            <span>{charts.table}</span>
          </button>
          {csvHref !== undefined && (
            <a className={classes.tool} href={csvHref} download title={charts.csvHint}>
              <Icon name="download" />
              <span>{charts.csv}</span>
            </a>
          )}
        </div>
      </header>
      <ChartBody {...props} isTable={isTable} isNear={isNear} />
    </section>
  );
}
