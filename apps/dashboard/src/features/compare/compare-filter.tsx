import { messages } from '../../messages/text.ts';
import { useUrlParam } from '../../ui/use-url-param.ts';
import classes from './compare.module.css';

/** Which machines are compared: by the words that the list of Home understands. */
export function CompareFilter() {
  const [filter, setFilter] = useUrlParam('q');
  return (
    <input
      type="search"
      className={classes.filter}
      aria-label={messages.compare.filter}
      placeholder={messages.compare.placeholder}
      value={filter}
      onChange={event => setFilter(event.currentTarget.value)}
      spellCheck={false}
      autoComplete="off"
    />
  );
}
