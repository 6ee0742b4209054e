const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is a UUID: an id that came in a URL and is not would be an error in the database. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
