/** What parts of any page say: moments, dialogs, texts to copy. */
export const enParts = {
  moment: {
    now: 'just now',
    soon: 'in a moment',
    utc: '{moment} UTC',
    both: '{moment} ({utc} UTC)',
  },
  dialog: {
    close: 'Close',
    cancel: 'Cancel',
    done: 'Done',
    busy: 'One moment…',
    type: 'To be sure, type {typed}',
    typeMissing: 'Type {typed} exactly as it stands here.',
  },
  copyTexts: {
    copy: 'Copy',
    done: 'Copied',
    spoken: 'Copied to the clipboard',
    selected: 'It is selected: press Ctrl+C (on a Mac ⌘C) to copy it.',
  },
} as const;
