import { fill, messages } from '../../../messages/text.ts';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import type { AuditFilter, Period } from './audit-filter.ts';
import classes from './audit-page.module.css';

const texts = messages.audit;

const PERIODS = (Object.keys(texts.period) as Period[]).map(value => ({ value, label: texts.period[value] }));
const ACTIONS = [
  { value: '', label: texts.anything },
  ...Object.entries(texts.action).map(([value, label]) => ({ value, label })),
];

interface FilterBarProps {
  readonly filter: AuditFilter;
  readonly onChange: (changes: Partial<AuditFilter>) => void;
}

/** Which entries are shown. */
export function FilterBar({ filter, onChange }: FilterBarProps) {
  const { period, fromDay, toDay, action, actor } = filter;
  return (
    <div className={classes.filter} role="search">
      <Segmented
        label={texts.filterPeriod}
        segments={PERIODS}
        value={period}
        onChange={next => onChange({ period: next })}
      />
      {period === 'own' && (
        <span className={classes.days}>
          <Day label={texts.fromDay} value={fromDay} onChange={day => onChange({ fromDay: day })} />
          <Day label={texts.toDay} value={toDay} onChange={day => onChange({ toDay: day })} />
        </span>
      )}
      <Select
        label={texts.filterAction}
        choices={ACTIONS}
        value={action}
        onChange={next => onChange({ action: next })}
      />
      {actor !== '' && (
        <Button
          size="small"
          icon={<Icon name="close" />}
          title={texts.clearActor}
          onClick={() => onChange({ actor: '' })}
        >
          <span className={classes.actor}>{fill(texts.onlyBy, { who: actor })}</span>
        </Button>
      )}
    </div>
  );
}

function Day({ label, value, onChange }: { label: string; value: string; onChange: (day: string) => void }) {
  return (
    <label className={classes.day}>
      {label}
      <input type="date" value={value} onChange={event => onChange(event.currentTarget.value)} />
    </label>
  );
}
