import { useId, useState } from 'react';
import { messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { CustomRangeForm } from './custom-range-form.tsx';
import { stretchLabel } from './moments.ts';
import { boundsOf, type ChartRange, nowLike, PRESETS, renderRange } from './range.ts';
import classes from './range-picker.module.css';

const texts = messages.charts.range;

interface RangePickerProps {
  readonly range: ChartRange;
  readonly onRange: (range: ChartRange) => void;
  readonly onBack: () => void;
  readonly canGoBack: boolean;
  /** Whether there is something to see as it comes. */
  readonly hasLive?: boolean;
  /** A pointer or the focus is on a range: it will probably be asked for. */
  readonly onIntent?: ((range: ChartRange) => void) | undefined;
  /** In ms of the Unix epoch. */
  readonly now: number;
}

/** Which time all charts of a page show. */
export function RangePicker({ range, onRange, onBack, canGoBack, hasLive = false, onIntent, now }: RangePickerProps) {
  const formId = useId();
  const [isOpen, setIsOpen] = useState(false);
  const choose = (next: ChartRange): void => {
    setIsOpen(false);
    onRange(next);
  };
  return (
    <div className={classes.picker}>
      <div className={classes.line}>
        <div className={classes.choices} role="group" aria-label={texts.label}>
          {choicesOf(hasLive).map(choice => (
            <RangeButton key={choice.label} {...choice} current={range} onChoose={choose} onIntent={onIntent} />
          ))}
          <button
            type="button"
            className={classes.choice}
            title={texts.customHint}
            aria-pressed={range.kind === 'fixed'}
            aria-expanded={isOpen}
            aria-controls={formId}
            onClick={() => setIsOpen(!isOpen)}
          >
            {texts.custom}
          </button>
        </div>
        {canGoBack && (
          <Button size="small" variant="quiet" icon={<Icon name="back" />} title={texts.backHint} onClick={onBack}>
            {texts.back}
          </Button>
        )}
        {range.kind === 'fixed' && (
          <Button size="small" variant="quiet" title={texts.nowHint} onClick={() => choose(nowLike(range))}>
            {texts.now}
          </Button>
        )}
        {range.kind === 'fixed' && <span className={classes.bounds}>{stretchLabel(range.fromMs, range.toMs)}</span>}
      </div>
      <div id={formId} hidden={!isOpen}>
        {isOpen && (
          <CustomRangeForm bounds={boundsOf(range, now)} now={now} onRange={choose} onCancel={() => setIsOpen(false)} />
        )}
      </div>
    </div>
  );
}

interface Choice {
  readonly range: ChartRange;
  readonly label: string;
  readonly hint: string;
}

function choicesOf(hasLive: boolean): Choice[] {
  const live: Choice = { range: { kind: 'live' }, label: texts.live, hint: texts.liveHint };
  const last = PRESETS.map((preset): Choice => {
    return { range: { kind: 'last', preset }, label: texts.preset[preset], hint: texts.presetHint[preset] };
  });
  return hasLive ? [live, ...last] : last;
}

interface RangeButtonProps extends Choice {
  readonly current: ChartRange;
  readonly onChoose: (range: ChartRange) => void;
  readonly onIntent: ((range: ChartRange) => void) | undefined;
}

function RangeButton({ range, label, hint, current, onChoose, onIntent }: RangeButtonProps) {
  return (
    <button
      type="button"
      className={classes.choice}
      title={hint}
      aria-pressed={renderRange(range).range === renderRange(current).range}
      onPointerEnter={() => onIntent?.(range)}
      onFocus={() => onIntent?.(range)}
      onClick={() => onChoose(range)}
    >
      {label}
    </button>
  );
}
