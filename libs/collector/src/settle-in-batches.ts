/** One finished item of {@link settleInBatches}. */
export interface Settled<I, R> {
  readonly item: I;
  readonly result: R;
}

/**
 * Runs all of them at once and yields what has finished so far, every `everyMs`, until all have. So one that is slow
 * holds back neither the work nor the results of the others.
 *
 * @param run rejects only to end the whole: what the others come to is lost then
 */
export async function* settleInBatches<I, R>(
  items: readonly I[],
  run: (item: I) => Promise<R>,
  everyMs: number,
): AsyncGenerator<readonly Settled<I, R>[]> {
  let finished: Settled<I, R>[] = [];
  let open = items.length;
  const all = Promise.all(
    items.map(async item => {
      const result = await run(item);
      finished.push({ item, result });
      open -= 1;
    }),
  );
  while (open > 0) {
    await raceWithTimer(all, everyMs);
    if (finished.length === 0) continue;
    const batch = finished;
    finished = [];
    yield batch;
  }
  if (finished.length > 0) yield finished;
  await all;
}

async function raceWithTimer(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const elapsed = new Promise<void>(resolve => {
    timer = setTimeout(resolve, ms);
  });
  try {
    await Promise.race([work, elapsed]);
  } finally {
    clearTimeout(timer);
  }
}
