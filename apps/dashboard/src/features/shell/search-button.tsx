import { fill, messages } from '../../messages/text.ts';
import { Icon } from '../../ui/icon.tsx';
import { commandKey } from './keys.ts';
import classes from './search-button.module.css';

const texts = messages.shell.search;
const KEYS = `${commandKey(navigator.platform)} K`;

interface SearchButtonProps {
  readonly onPress: () => void;
  /** It is going to be pressed, it seems. */
  readonly onIntent: () => void;
}

/** Looks like the field it opens; on a narrow window like a glass. */
export function SearchButton({ onPress, onIntent }: SearchButtonProps) {
  const hint = fill(texts.hint, { keys: KEYS });
  return (
    <button
      type="button"
      className={classes.button}
      title={hint}
      aria-label={hint}
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K Meta+K"
      onClick={onPress}
      onPointerEnter={onIntent}
      onFocus={onIntent}
    >
      <Icon name="search" />
      <span className={classes.word}>{texts.button}</span>
      <span className={classes.keys} data-keys={KEYS} />
    </button>
  );
}
