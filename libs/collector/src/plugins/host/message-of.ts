const MAX_CHARACTERS = 500;

/** What was thrown, in one line; of a chain of causes the last one too, which says what really happened. */
export function messageOf(thrown: unknown): string {
  const own = lineOf(thrown);
  const cause = thrown instanceof Error && thrown.cause !== undefined ? lineOf(lastCause(thrown)) : '';
  const text = cause === '' || own.includes(cause) ? own : `${own}: ${cause}`;
  return text.length <= MAX_CHARACTERS ? text : `${text.slice(0, MAX_CHARACTERS)}…`;
}

function lineOf(thrown: unknown): string {
  if (isDenied(thrown)) return `${thrown.permission} is not allowed to a plugin${of(thrown.resource)}`;
  const [line = ''] = textOf(thrown).split('\n', 1);
  return line;
}

function textOf(thrown: unknown): string {
  try {
    return thrown instanceof Error
      ? `${thrown.name === 'Error' ? '' : `${thrown.name}: `}${thrown.message}`
      : String(thrown);
  } catch {
    return 'something that is no text';
  }
}

/** Node's own message tells of flags that whoever writes a plugin never sees. */
function isDenied(thrown: unknown): thrown is { permission: string; resource?: string } {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_ACCESS_DENIED' && 'permission' in thrown;
}

function of(resource: string | undefined): string {
  return resource === undefined || resource === '' ? '' : `: ${resource}`;
}

function lastCause(error: Error): unknown {
  let cause: unknown = error.cause;
  for (let depth = 0; depth < 10 && cause instanceof Error && cause.cause !== undefined; depth += 1)
    cause = cause.cause;
  return cause;
}
