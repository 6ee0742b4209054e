import { messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { commandKey } from '../shell/keys.ts';
import classes from './key-list.module.css';
import { NativeDialog } from '../../ui/native-dialog.tsx';

const texts = messages.keys;

/** Each key stands by itself; one of several does the same. */
interface KeyLine {
  readonly keys: readonly string[];
  readonly what: string;
}

const EVERYWHERE: readonly KeyLine[] = [
  { keys: [`${commandKey(navigator.platform)} K`], what: texts.search },
  { keys: ['/'], what: texts.filter },
  { keys: ['?'], what: texts.help },
  { keys: ['Esc'], what: texts.escape },
];
const ON_A_MACHINE: readonly KeyLine[] = [
  { keys: ['←', 'k'], what: texts.previous },
  { keys: ['→', 'j'], what: texts.next },
];

/** Which keys do what. */
export function KeyList({ onClose }: { onClose: () => void }) {
  return (
    <NativeDialog label={texts.title} onClose={onClose}>
      <div className={classes.head}>
        <h2 className={classes.title}>{texts.title}</h2>
        <Button size="small" onClick={onClose}>
          {texts.close}
        </Button>
      </div>
      <Lines title={texts.everywhere} lines={EVERYWHERE} />
      <Lines title={texts.machine} lines={ON_A_MACHINE} />
    </NativeDialog>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly KeyLine[] }) {
  return (
    <section className={classes.section}>
      <h3 className={classes.subtitle}>{title}</h3>
      <dl className={classes.lines}>
        {lines.map(({ keys, what }) => (
          <div key={what} className={classes.line}>
            <dt>{what}</dt>
            <dd>
              {keys.map((key, place) => (
                <span key={key}>
                  {place > 0 && <span className={classes.or}>{texts.or}</span>}
                  <kbd className={classes.key}>{key}</kbd>
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
