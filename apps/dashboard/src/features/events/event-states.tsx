import { messages } from '../../messages/text.ts';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import classes from './events.module.css';

const texts = messages.events;
const LINES = 8;

/** Nothing changed, or nothing that was asked for. */
export function NoEvents({ isFiltered }: { isFiltered: boolean }) {
  return (
    <Notice title={texts.none}>
      <p>{isFiltered ? texts.noneFilteredText : texts.noneText}</p>
    </Notice>
  );
}

/** The shape of what is being read. */
export function TimelineSkeleton() {
  return (
    <Panel>
      <div className={classes.skeleton} role="status" aria-label={texts.loading}>
        {Array.from({ length: LINES }, (_, line) => (
          <div key={line} className={classes.bone} />
        ))}
      </div>
    </Panel>
  );
}
