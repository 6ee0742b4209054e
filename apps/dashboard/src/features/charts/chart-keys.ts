/** What a key means to a chart that has the focus. */
export type ChartKey =
  | { readonly kind: 'move'; readonly index: number }
  | { readonly kind: 'zoom'; readonly fromMs: number; readonly toMs: number }
  | { readonly kind: 'leave' }
  | { readonly kind: 'back' };

/** What is on the screen when a key is pressed. */
export interface KeyScene {
  /** How many points there are. */
  readonly count: number;
  /** The point the cursor is at. */
  readonly index: number | null;
  readonly fromMs: number;
  readonly toMs: number;
  /** The time of the cursor; `null`: the middle is meant. */
  readonly atMs: number | null;
  readonly now: number;
}

const MANY = 10;
const FACTOR = 2;

/** @returns `null`: it means nothing, and whatever it does elsewhere it may do here */
export function decideKey({ key, shiftKey }: { key: string; shiftKey: boolean }, scene: KeyScene): ChartKey | null {
  const last = scene.count - 1;
  const step = shiftKey ? MANY : 1;
  const moveTo = (index: number): ChartKey => ({ kind: 'move', index: Math.max(0, Math.min(last, index)) });
  switch (key) {
    case 'ArrowLeft':
      return moveTo((scene.index ?? last + step) - step);
    case 'ArrowRight':
      return moveTo((scene.index ?? -step) + step);
    case 'Home':
      return moveTo(0);
    case 'End':
      return moveTo(last);
    case '+':
    case '=':
      return zoomBy(1 / FACTOR, scene);
    case '-':
      return zoomBy(FACTOR, scene);
    case 'Backspace':
      return { kind: 'back' };
    case 'Escape':
      return scene.index === null ? { kind: 'back' } : { kind: 'leave' };
    default:
      return null;
  }
}

/** A longer or shorter time about the cursor. Nothing is known of the future, so it never goes further than now. */
function zoomBy(factor: number, { fromMs, toMs, atMs, now }: KeyScene): ChartKey {
  const about = atMs ?? (fromMs + toMs) / 2;
  const wishedTo = about + (toMs - about) * factor;
  const beyondMs = Math.max(0, wishedTo - Math.max(now, toMs));
  return { kind: 'zoom', fromMs: about - (about - fromMs) * factor - beyondMs, toMs: wishedTo - beyondMs };
}
