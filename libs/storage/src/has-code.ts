/** Whether an error, as it comes or as MikroORM wraps it, has this code of PostgreSQL's. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
