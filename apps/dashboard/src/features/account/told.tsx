import { Icon } from '../../ui/icon.tsx';
import classes from './told.module.css';

/** What was just done, in a line of the page; it stays until something else is. Said aloud, calmly. */
export function Told({ text }: { text: string | null }) {
  return (
    <div role="status" className={classes.told} data-empty={text === null || undefined}>
      {text !== null && (
        <>
          <Icon name="done" />
          <span>{text}</span>
        </>
      )}
    </div>
  );
}
