import type { MachinePause } from '#storage';
import type { PauseView } from './pause.dto.ts';

/** A pause as the API shows it; `null`: the machine is not paused. */
export function presentPause(pause: MachinePause | undefined): PauseView | null {
  if (pause === undefined) return null;
  const { by, since, until, note } = pause;
  return { by, since: since.toISOString(), until: until?.toISOString() ?? null, note };
}
