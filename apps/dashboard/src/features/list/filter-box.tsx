import { useEffect, useRef } from 'react';
import { messages } from '../../messages/text.ts';
import { Icon } from '../../ui/icon.tsx';
import type { ListTexts } from './list-kind.ts';
import classes from './toolbar.module.css';

interface FilterBoxProps {
  readonly texts: ListTexts;
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
}

/** Words that narrow a list. */
export function FilterBox({ texts, filter, onFilter }: FilterBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  useSlashKey(input);
  const clear = (): void => {
    onFilter('');
    input.current?.focus();
  };
  return (
    <div className={classes.filter}>
      <input
        ref={input}
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
        spellCheck={false}
        autoComplete="off"
      />
      {filter === '' ? (
        <kbd aria-hidden="true">/</kbd>
      ) : (
        <button type="button" aria-label={messages.filter.clear} onClick={clear}>
          <Icon name="close" />
        </button>
      )}
    </div>
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
