import type { enParts } from './en-parts.ts';
import type { Translated } from './text.ts';

/** What parts of any page say: moments, dialogs, texts to copy, in German. */
export const deParts: Translated<typeof enParts> = {
  moment: {
    now: 'gerade eben',
    soon: 'gleich',
    utc: '{moment} UTC',
    both: '{moment} ({utc} UTC)',
  },
  dialog: {
    close: 'Schließen',
    cancel: 'Abbrechen',
    done: 'Fertig',
    busy: 'Einen Moment…',
    type: 'Zur Sicherheit {typed} eintippen',
    typeMissing: '{typed} genau so eintippen, wie es hier steht.',
  },
  copyTexts: {
    copy: 'Kopieren',
    done: 'Kopiert',
    spoken: 'In die Zwischenablage kopiert',
    selected: 'Es ist markiert: Strg+C (am Mac ⌘C) kopiert es.',
  },
};
