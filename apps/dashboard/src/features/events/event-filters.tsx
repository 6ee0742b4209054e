import { messages, fill } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { useUrlParam } from '../../ui/use-url-param.ts';
import { KINDS, PERIODS, type Period, STATES, statesOf, withState } from './event-wishes.ts';
import classes from './events.module.css';

const texts = messages.events;
const ALL = 'all';

/** What narrows the events; all of it is in the address. */
export function EventFilters() {
  return (
    <div className={classes.filters} role="group" aria-label={texts.filters}>
      <OnlyMachine />
      <Kinds />
      <States />
      <Periods />
    </div>
  );
}

/** Somebody came from a machine's page; here the others are let in again. */
function OnlyMachine() {
  const [machine, setMachine] = useUrlParam('machine');
  if (machine === '') return null;
  return (
    <Button size="small" title={texts.everybody} onClick={() => setMachine('')}>
      {fill(texts.only, { machine })}
      <Icon name="close" />
    </Button>
  );
}

function Kinds() {
  const [kind, setKind] = useUrlParam('kind');
  const known = KINDS.find(one => one === kind) ?? ALL;
  return (
    <Segmented
      label={texts.kind.label}
      value={known}
      onChange={value => setKind(value === ALL ? '' : value)}
      segments={[ALL, ...KINDS].map(value => ({
        value,
        label: texts.kind[value as typeof ALL | (typeof KINDS)[number]],
      }))}
    />
  );
}

function States() {
  const [param, setParam] = useUrlParam('states');
  const chosen = statesOf(param);
  return (
    <div className={classes.states} role="group" aria-label={texts.states}>
      {STATES.map(state => (
        <button
          key={state}
          type="button"
          className={classes.state}
          aria-pressed={chosen.includes(state)}
          onClick={() => setParam(withState(param, state))}
        >
          <StateMark state={state} />
          {messages.state[state]}
        </button>
      ))}
    </div>
  );
}

function Periods() {
  const [period, setPeriod] = useUrlParam('period');
  const periods = Object.keys(PERIODS) as Period[];
  return (
    <span className={classes.period}>
      <Select
        label={texts.period.label}
        value={periods.find(known => known === period) ?? ALL}
        onChange={value => setPeriod(value === ALL ? '' : value)}
        choices={[ALL, ...periods].map(value => ({ value, label: texts.period[value as typeof ALL | Period] }))}
      />
    </span>
  );
}
