import type { Path } from './check-shape.ts';
import { showValue } from './show.ts';

const PLAIN_KEY = /^[A-Za-z0-9_-]{1,80}$/;

/** A path as people write it: `networks[0].directory`. A key that is no plain word is quoted. */
export function renderPath(path: Path): string {
  return path.map((step, index) => renderStep(step, index === 0)).join('');
}

function renderStep(step: string | number, first: boolean): string {
  if (typeof step === 'number') return `[${step}]`;
  if (!PLAIN_KEY.test(step)) return `[${showValue(step)}]`;
  return first ? step : `.${step}`;
}
