const startedAt = performance.now();

/** A line on standard error, with the time since the beginning; standard output stays free for results. */
export function say(line: string): void {
  const seconds = Math.floor((performance.now() - startedAt) / 1000);
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  console.error(`${clock.padStart(6)}  ${line}`);
}
