/** What was pressed, and whether something else has a use for it. */
export interface PressedKey {
  readonly key: string;
  /** Ctrl, or ⌘ on a Mac. */
  readonly isCommand: boolean;
  /** Any other key that is held down with it; Shift does not count: `?` needs it on most keyboards. */
  readonly isOtherwiseHeld: boolean;
  /** It was acted upon already, or it belongs to a letter that is being composed. */
  readonly isTaken: boolean;
  /** What has the focus reads keys itself. */
  readonly isInField: boolean;
  /** Something lies above the page. */
  readonly isBelowDialog: boolean;
}

/** Everything that does something with letters or arrows by itself. A part of a page can say so by `data-own-keys`. */
const FIELDS =
  'input, textarea, select, [contenteditable], [data-own-keys], [role="application"], [role="slider"], [role="listbox"], [role="radiogroup"], [role="tablist"], [role="grid"], [role="menu"]';
const DIALOGS = 'dialog[open], [role="dialog"], [role="alertdialog"]';

/** Reads an event of the keyboard. */
export function pressedKeyOf(event: KeyboardEvent): PressedKey {
  const { key, ctrlKey, metaKey, altKey, defaultPrevented, isComposing, target } = event;
  return {
    key,
    isCommand: ctrlKey !== metaKey,
    isOtherwiseHeld: altKey || (ctrlKey && metaKey),
    isTaken: defaultPrevented || isComposing,
    isInField: target instanceof Element && target.closest(FIELDS) !== null,
    isBelowDialog: document.querySelector(DIALOGS) !== null,
  };
}

/** What a key does on every page. Search can be had from within a field too; `null`: nothing. */
export function decideKey(pressed: PressedKey): 'search' | 'keys' | null {
  const { key, isCommand, isOtherwiseHeld, isTaken, isInField, isBelowDialog } = pressed;
  if (isTaken || isOtherwiseHeld || isBelowDialog) return null;
  if (isCommand) return key.toLowerCase() === 'k' ? 'search' : null;
  return key === '?' && !isInField ? 'keys' : null;
}

const STEPS: Readonly<Record<string, 'previous' | 'next'>> = {
  ArrowLeft: 'previous',
  k: 'previous',
  ArrowRight: 'next',
  j: 'next',
};

/** Where a key leads on the page of one machine of many. */
export function decideStep(pressed: PressedKey): 'previous' | 'next' | null {
  const { key, isCommand, isOtherwiseHeld, isTaken, isInField, isBelowDialog } = pressed;
  if (isCommand || isOtherwiseHeld || isTaken || isInField || isBelowDialog) return null;
  return Object.hasOwn(STEPS, key) ? (STEPS[key] ?? null) : null;
}

/** What the key beside the letter is called on this keyboard. */
export function commandKey(platform: string): '⌘' | 'Ctrl' {
  return /^(Mac|iP)/.test(platform) ? '⌘' : 'Ctrl';
}
