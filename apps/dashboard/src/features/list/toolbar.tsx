import { CloseButton, Kbd, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { StateCounts, VerdictState } from '../../api/client.ts';
import { fill, messages } from '../../messages/text.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import type { ListTexts } from './list-kind.ts';
import classes from './toolbar.module.css';

const STATES: readonly VerdictState[] = ['down', 'degraded', 'unknown', 'maintenance', 'up'];

interface ToolbarProps {
  readonly texts: ListTexts;
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  readonly counts: StateCounts;
  readonly shown: number;
}

/** What narrows the table: words, and the states there are. */
export function Toolbar({ texts, filter, onFilter, counts, shown }: ToolbarProps) {
  return (
    <div className={classes.toolbar} role="search">
      <FilterBox texts={texts} filter={filter} onFilter={onFilter} />
      <div className={classes.states}>
        {STATES.filter(state => counts[state] > 0).map(state => (
          <StateButton key={state} count={counts[state]} {...{ texts, state, filter, onFilter }} />
        ))}
      </div>
      {filter !== '' && (
        <span className={classes.showing} role="status">
          {fill(messages.filter.showing, { shown, total: counts.total })}
        </span>
      )}
    </div>
  );
}

function FilterBox({ texts, filter, onFilter }: Pick<ToolbarProps, 'texts' | 'filter' | 'onFilter'>) {
  const input = useRef<HTMLInputElement>(null);
  useSlashKey(input);
  const clear = (
    <CloseButton
      size="sm"
      aria-label={messages.filter.clear}
      onClick={() => {
        onFilter('');
        input.current?.focus();
      }}
    />
  );
  return (
    <TextInput
      ref={input}
      size="xs"
      className={classes.filter ?? ''}
      aria-label={texts.filter}
      aria-keyshortcuts="/"
      placeholder={texts.placeholder}
      value={filter}
      onChange={event => onFilter(event.currentTarget.value)}
      onKeyDown={event => {
        if (event.key !== 'Escape') return;
        if (filter === '') event.currentTarget.blur();
        onFilter('');
      }}
      rightSection={filter === '' ? <Kbd size="xs">/</Kbd> : clear}
      spellCheck={false}
      autoComplete="off"
    />
  );
}

/** `/` jumps to the filter from everywhere but another field. */
function useSlashKey(input: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isTyping =
        event.target instanceof HTMLElement && event.target.matches('input, textarea, select, [contenteditable]');
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping && !(event.target instanceof HTMLInputElement && event.target.type === 'radio')) return;
      event.preventDefault();
      input.current?.select();
      input.current?.focus();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [input]);
}

interface StateButtonProps extends Pick<ToolbarProps, 'texts' | 'filter' | 'onFilter'> {
  readonly state: VerdictState;
  readonly count: number;
}

function StateButton({ texts, state, count, filter, onFilter }: StateButtonProps) {
  const word = `is:${state}`;
  const isOn = filter === word;
  const name = messages.state[state];
  return (
    <button
      type="button"
      className={classes.stateButton}
      aria-pressed={isOn}
      title={isOn ? texts.showAll : fill(messages.filter.only, { what: name })}
      onClick={() => onFilter(isOn ? '' : word)}
    >
      <StateMark state={state} />
      <b>{count}</b> {name}
    </button>
  );
}
