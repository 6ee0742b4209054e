import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { counted, fill, messages } from '../../messages/text.ts';
import { Icon } from '../../ui/icon.tsx';
import { find } from './find.ts';
import { NativeDialog } from '../../ui/native-dialog.tsx';
import { Options } from './options.tsx';
import classes from './palette.module.css';
import { useActive } from './use-active.ts';
import { useDeed } from './use-deed.ts';
import { useEntries } from './use-entries.ts';

const texts = messages.palette;

interface PaletteProps {
  readonly onClose: () => void;
  /** The list of keys is wanted in its place. */
  readonly onKeys: () => void;
}

/** Finds a machine, a service, a page or an action by a few letters of its name, and goes there. */
export function Palette({ onClose, onKeys }: PaletteProps) {
  const id = useId();
  const [query, setQuery] = useState('');
  const { entries, isReading, hasFailed } = useEntries();
  // Not deferred: Enter right after a letter has to mean what that letter found.
  const found = useMemo(() => find(entries, query), [entries, query]);
  const shown = useMemo(() => found.groups.flatMap(group => group.entries), [found]);
  const { active, point, press } = useActive(shown, query);
  const { act, failure } = useDeed({ onClose, onKeys });
  const idOf = (entry: string): string => `${id}${entry}`;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && active !== undefined) act(active.deed);
    else if (!press(event.key)) return;
    event.preventDefault();
  };
  return (
    <NativeDialog label={texts.title} onClose={onClose}>
      <QueryField
        query={query}
        onQuery={setQuery}
        onKeyDown={onKeyDown}
        listId={idOf('list')}
        activeId={active === undefined ? undefined : idOf(active.id)}
      />
      <Options id={idOf('list')} idOf={idOf} groups={found.groups} active={active?.id} onPoint={point} onChoose={act} />
      <div role="status" className={classes.notes}>
        {shown.length === 0 && <p>{isReading ? texts.reading : fill(texts.none, { query: query.trim() })}</p>}
        {found.more > 0 && <p>{counted(texts.more, found.more)}</p>}
        {hasFailed && <p>{texts.failed}</p>}
        {failure !== null && <p className={classes.failure}>{failure}</p>}
      </div>
      <Help />
    </NativeDialog>
  );
}

interface QueryFieldProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly listId: string;
  /** The entry that Enter would take. */
  readonly activeId: string | undefined;
}

function QueryField({ query, onQuery, onKeyDown, listId, activeId }: QueryFieldProps) {
  return (
    <div className={classes.field}>
      <Icon name="search" />
      <input
        className={classes.input}
        type="text"
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={activeId}
        aria-label={texts.placeholder}
        placeholder={texts.placeholder}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        autoFocus
        value={query}
        onChange={event => onQuery(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <kbd className={classes.key}>Esc</kbd>
    </div>
  );
}

function Help() {
  const { help } = texts;
  return (
    <p className={classes.help} aria-hidden="true">
      <span>
        <kbd>↑</kbd> <kbd>↓</kbd> {help.choose}
      </span>
      <span>
        <kbd>⏎</kbd> {help.open}
      </span>
      <span>
        <kbd>Esc</kbd> {help.close}
      </span>
    </p>
  );
}
