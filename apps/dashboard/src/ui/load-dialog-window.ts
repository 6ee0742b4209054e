/** The window of every dialog. Whoever loads dialogs loads it with them, so that it does not come only after them. */
export async function loadDialogWindow() {
  return import('./dialog-window.tsx');
}
