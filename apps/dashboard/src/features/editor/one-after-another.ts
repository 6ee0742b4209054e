/**
 * Does the same to each, one after another: each removal is a version of the network file, and two at once would only wait
 * for each other. It ends with the first that fails; those before it are done.
 */
export async function oneAfterAnother(
  names: readonly string[],
  act: (name: string) => Promise<unknown>,
  onProgress: (done: number) => void,
): Promise<void> {
  for (const [index, name] of names.entries()) {
    onProgress(index);
    await act(name);
  }
}
